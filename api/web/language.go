package web

import (
	"context"
	"net/http"
	"net/url"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// language is that of the labels; what people wrote stays as it is.
type language string

const (
	chinese language = "zh-CN"
	english language = "en"
)

type contextKey int

const (
	languageKey contextKey = iota
	visitorKey
	placeKey
)

// place is where a page is shown.
type place struct {
	path, query   string
	today         calendar.Day
	demonstration bool
	page, proof   string     // where it is printed, and that it was shown; "": it is not
	copy          mark       // of the recorded print that this is
	sent          url.Values // by the form that was refused; nil: none was
}

// refused is what a form was sent with, if it is the one that was refused.
func (p place) refused(action string) (url.Values, bool) {
	if p.sent == nil || p.path != action {
		return nil, false
	}
	return p.sent, true
}

const languageCookie = "shouwang-language"

// spoken finds out which language the browser was switched to; Chinese first.
func spoken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := chinese
		if c, err := r.Cookie(languageCookie); err == nil && c.Value == string(english) {
			l = english
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), languageKey, l)))
	})
}

func languageOf(ctx context.Context) language {
	if l, ok := ctx.Value(languageKey).(language); ok {
		return l
	}
	return chinese
}

// say is one label in the language of the page.
func say(ctx context.Context, zh, en string) string {
	if languageOf(ctx) == english {
		return en
	}
	return zh
}

// term is an entry of a code list in the language of the page.
func term[T ~string](ctx context.Context, list code.List, c T) string {
	e, ok := list.Find(string(c))
	if !ok {
		return string(c)
	}
	return say(ctx, e.ZH, e.EN)
}

// date is a day as people write it.
func date(ctx context.Context, d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return say(ctx, d.Chinese(), d.String())
}

func placeOf(ctx context.Context) place {
	p, _ := ctx.Value(placeKey).(place)
	return p
}

// switchLanguage keeps which language the browser wants and shows the page again.
func (s *site) switchLanguage(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	l := chinese
	if r.PostFormValue("language") == string(english) {
		l = english
	}
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure})
	return onward(w, r, ownPath(r.PostFormValue("back")))
}

// ownPath is an address of this server, whatever was sent.
func ownPath(path string) string {
	if len(path) == 0 || path[0] != '/' || len(path) > 1 && (path[1] == '/' || path[1] == '\\') {
		return "/"
	}
	return path
}

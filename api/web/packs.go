package web

import (
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/domain/policy/tell"
)

// rulebook is the page of the procedure in force (办法): in sentences, by whom
// adopted and since when, and compared with another.
type rulebook struct {
	on       calendar.Day
	told     string
	place    string
	pack     policy.Pack
	none     bool // there is none on that day
	adopted  []policy.Adoption
	names    map[string]string // of the regions that adopted
	choices  []packChoice
	a, b     string // compared
	compared bool
	changes  []tell.Difference
	draft    *adopting
	seen     string
}

// packChoice is a pack that one may compare with: one adopted, or one that the
// program brings along.
type packChoice struct{ key, title string }

// adopting is a pack that is about to be adopted: what is wrong with its text, or
// what it changes.
type adopting struct {
	text, from, document, key string // text in base64: a form would change its line ends
	faults                    []string
	pack                      policy.Pack
	fault                     fault
	seen                      string
}

func (s *site) rules(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	b := s.rulebook(r, v)
	if b.a, b.b = q.Get("a"), q.Get("b"); b.a != "" && b.b != "" {
		one, found := s.packNamed(b.a)
		other, foundToo := s.packNamed(b.b)
		if !found || !foundToo {
			return errNoPage
		}
		b.compared, b.changes = true, tell.Compare(one, other)
	}
	return s.show(w, r, v, http.StatusOK, rulesPage(b))
}

// rulebook reads what is in force where the visitor works, or where he asks.
func (s *site) rulebook(r *http.Request, v *visitor) rulebook {
	q := r.URL.Query()
	b := rulebook{on: v.today}
	if asked := q.Get("on"); asked != "" {
		if day, err := calendar.ParseDay(asked); err == nil {
			b.on = day
		} else {
			b.told = say(r.Context(), "日期写法有误，显示今天", "Not a day; this is today")
		}
	}
	region := v.region
	if asked := q.Get("region"); asked != "" {
		region = asked
	}
	b.place = s.placeName(v, region)
	var ok bool
	b.pack, ok = s.Handler.Directory.Pack(region, b.on)
	b.none = !ok
	b.seen = s.seen(v, s.directorySight())
	b.adopted = s.Handler.Directory.Adoptions(region, b.on)
	b.names = s.names(v, func(yield func(string)) {
		for _, a := range b.adopted {
			yield(a.Region)
		}
	})
	for _, a := range b.adopted {
		b.choices = append(b.choices, packChoice{a.Pack.SHA256, a.Pack.Title + " " + a.Pack.Name + "（" + b.names[a.Region] + a.From.Chinese() + "起）"})
	}
	for _, name := range packs.Names() {
		b.choices = append(b.choices, packChoice{name, name + "（" + say(r.Context(), "随程序提供", "comes with the program") + "）"})
	}
	return b
}

// packNamed finds a pack by its hash or, if the program brings it along, by its
// name.
func (s *site) packNamed(key string) (policy.Pack, bool) {
	if pack, ok := s.Handler.Directory.PackBySum(key); ok {
		return pack, true
	}
	text, err := packs.Text(key)
	if err != nil {
		return policy.Pack{}, false
	}
	pack, err := load.Parse(text)
	return pack, err == nil
}

// previewPack checks a text and says what adopting it would change.
func (s *site) previewPack(w http.ResponseWriter, r *http.Request, v *visitor) error {
	d := &adopting{from: r.PostFormValue("from"), document: strings.TrimSpace(r.PostFormValue("document")), key: keyIn(r.PostForm)}
	d.seen = r.PostFormValue("seen")
	text, err := packText(r)
	if err != nil {
		return err
	}
	d.text = base64.StdEncoding.EncodeToString(text)
	return s.showDraft(w, r, v, http.StatusOK, d)
}

// packText is the text that a form brought: a pack by name, or a file.
func packText(r *http.Request) ([]byte, error) {
	if name := r.PostFormValue("pack"); name != "" {
		text, err := packs.Text(name)
		if err != nil {
			return nil, errNoPage
		}
		return text, nil
	}
	var file multipart.File
	file, _, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, policy.Refuse(policy.Malformed, "请选择一套办法或一个文件")
	}
	if err != nil {
		return nil, policy.Refuse(policy.Malformed, "表单不完整，请重新提交")
	}
	defer func() { _ = file.Close() }() // it is only read
	text, err := io.ReadAll(io.LimitReader(file, load.MaxPack+1))
	if err != nil {
		return nil, policy.Refuse(policy.Malformed, "表单不完整，请重新提交")
	}
	return text, nil
}

func (s *site) showDraft(w http.ResponseWriter, r *http.Request, v *visitor, status int, d *adopting) error {
	b := s.rulebook(r, v)
	b.draft = d
	text, err := base64.StdEncoding.DecodeString(d.text)
	if err != nil {
		return errNoPage
	}
	if d.pack, err = load.Parse(text); err != nil {
		status, d.faults = http.StatusUnprocessableEntity, strings.Split(err.Error(), "\n")
	} else if !b.none {
		b.compared, b.changes = true, tell.Compare(b.pack, d.pack)
	}
	return s.show(w, r, v, status, rulesPage(b))
}

// adoptPack enters that the visitor's region follows a pack from a day on.
func (s *site) adoptPack(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := whole(w, r); err != nil {
		return err
	}
	d := &adopting{seen: r.PostFormValue("seen"), text: r.PostFormValue("text"), from: r.PostFormValue("from"), document: strings.TrimSpace(r.PostFormValue("document")), key: r.PostFormValue("key")}
	text, err := base64.StdEncoding.DecodeString(d.text)
	if err != nil {
		return errNoPage
	}
	from, err := calendar.ParseDay(d.from)
	if err != nil {
		err = policy.Refuse(policy.DayMissing, "请填写采用日期")
	} else {
		request := commands.Request{Key: d.key, By: v.Person, Appointment: v.post.Appointment, Channel: "web"}
		adopted := policy.Adopted{Region: v.region, Text: string(text), From: from, Document: d.document}
		if err = s.unchangedFor(r, v, adopted); err == nil {
			_, err = s.Handler.Policy(r.Context(), request, adopted)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		d.fault = f
		return s.showDraft(w, r, v, f.status(), d)
	}
	if err != nil {
		return err
	}
	if err := s.Handler.Directory.CatchUp(r.Context()); err != nil {
		return err
	}
	return onward(w, r, sentOn("/packs", d.key))
}

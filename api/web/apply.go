package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// petition is the form by which a household applies (扫码申报), itself or by a cadre.
type petition struct {
	region, village string
	helped          bool // a cadre enters it for somebody without a telephone
	villages        []dwelling
	draft           draft
	code            string // once it was taken
}

// dwelling is a village to choose from.
type dwelling struct{ region, name string }

func (s *site) applyForm(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	page, err := s.petition(chi.URLParam(r, "village"))
	if err != nil {
		return err
	}
	return s.showPublic(w, r, http.StatusOK, applyPage(page))
}

func (s *site) petition(region string) (petition, error) {
	if !s.isVillage(region) {
		return petition{}, errNoPage
	}
	return petition{region: region, village: s.regionName(region, s.Handler.Today()), draft: draft{values: map[string]string{}}}, nil
}

// petitionFields are what a refusal gives back.
var petitionFields = []string{"key", "name", "content", "writer", "contact", "via", "village"}

// apply takes what a household sent by the code of its village.
func (s *site) apply(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	page, err := s.petition(chi.URLParam(r, "village"))
	if err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if err = s.gates.apply.pass(s.whence(r), page.region, s.now()); err != nil {
		status = http.StatusTooManyRequests
	} else if err = whole(w, r); err == nil {
		page.code, err = s.applied(r, page.region, nil)
	}
	if f, refused := s.faultOf(r, err); refused {
		page.draft = draftOf(r, "apply", f.told, petitionFields...)
		return s.showPublic(w, r, status, applyPage(page))
	}
	if err != nil {
		return err
	}
	page.draft = draftOf(r, "apply", "", "key")
	return s.showPublic(w, r, http.StatusOK, appliedPage(page))
}

// applied enters an application and returns its code; v is the cadre who enters
// it for somebody, nil where the household does it itself.
func (s *site) applied(r *http.Request, region string, v *visitor) (string, error) {
	key := r.PostFormValue("key")
	if !isKey(key) {
		return "", policy.Refuse(policy.Malformed, "表单已失效，请重新打开本页")
	}
	c := household.SendApplication{Clue: "c1", Via: "scan", Region: region, Name: strings.TrimSpace(r.PostFormValue("name")),
		Content: code.Text(strings.TrimSpace(r.PostFormValue("content"))), Writer: strings.TrimSpace(r.PostFormValue("writer")), Contact: code.Personal(strings.TrimSpace(r.PostFormValue("contact")))}
	by := act.Public
	if v != nil {
		by, c.Via = v.Person, r.PostFormValue("via")
	}
	if err := complete(c); err != nil { // before any photograph is kept
		return "", err
	}
	var err error
	if c.Photos, err = s.sentPhotos(r, by); err != nil {
		return "", err
	}
	tracking := s.codeFor(key)
	id := applicationOf(tracking)
	var result commands.Result
	if v == nil {
		result, err = s.Handler.ApplyByCode(r.Context(), key, id, c)
	} else {
		result, err = s.Handler.Household(r.Context(), commands.Request{Key: key, By: v.Person, Appointment: v.post.Appointment, Channel: "web"}, id, c)
	}
	if err != nil {
		return "", err
	}
	s.shownAfter(r.Context(), result.Position)
	return tracking, nil
}

func complete(c household.SendApplication) error {
	switch {
	case c.Name == "":
		return policy.Refuse(policy.Malformed, "请填写姓名")
	case c.Content == "":
		return policy.Refuse(policy.Malformed, "请写明遇到的困难")
	case code.PersonalNumber(string(c.Content)) != "":
		return policy.Refuse(policy.PersonalInText, "困难情况中不应写%s；电话请填在联系电话一栏", code.PersonalNumber(string(c.Content)))
	}
	return nil
}

// maxSent bounds what is sent without logging in: three photographs of a telephone.
const maxSent = household.MaxSentPhotos*maxSentPhoto + maxForm

// maxSentPhoto bounds one of them, in bytes.
const maxSentPhoto = 8 << 20

// sentPhotos keeps the photographs of an application.
func (s *site) sentPhotos(r *http.Request, by string) (kept []code.Attachment, err error) {
	if r.MultipartForm == nil || s.Files == nil {
		return nil, nil
	}
	files := r.MultipartForm.File["photo"]
	for i, file := range files {
		if file.Size == 0 {
			continue
		}
		if i >= household.MaxSentPhotos || file.Size > maxSentPhoto {
			return nil, policy.Refuse(policy.AttachmentRejected, "照片最多%d张，每张不超过8MB", household.MaxSentPhotos)
		}
		content, err := file.Open()
		if err != nil {
			return nil, err
		}
		stored, err := s.Files.Put(r.Context(), attachments.Statement{By: by}, content)
		_ = content.Close() // it was only read
		if err != nil {
			return nil, err
		}
		if !slices.Contains(kept, code.Attachment(stored.Hash.String())) {
			kept = append(kept, code.Attachment(stored.Hash.String()))
		}
	}
	return kept, nil
}

// assistedForm is for people without a telephone: a cadre enters it for them.
func (s *site) assistedForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page := s.assisted(r.Context(), v)
	return s.show(w, r, v, http.StatusOK, assistedPage(page))
}

func (s *site) assisted(_ context.Context, v *visitor) petition {
	page := petition{helped: true, draft: draft{values: map[string]string{}}}
	for _, region := range s.area(v, "") {
		if s.isVillage(region) && !s.merged(region) {
			page.villages = append(page.villages, dwelling{region, s.regionName(region, v.today)})
		}
	}
	return page
}

func (s *site) assist(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page := s.assisted(r.Context(), v)
	err := s.sent(w, r, v)
	if err == nil {
		region := r.PostFormValue("village")
		if !slices.ContainsFunc(page.villages, func(p dwelling) bool { return p.region == region }) {
			err = policy.Refuse(policy.RegionUnknown, "请选择所在村")
		} else {
			page.region, page.village = region, s.regionName(region, v.today)
			page.code, err = s.applied(r, region, v)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		page.draft = draftOf(r, "apply", f.told, petitionFields...)
		return s.show(w, r, v, http.StatusUnprocessableEntity, assistedPage(page))
	}
	if err != nil {
		return err
	}
	page.draft = draftOf(r, "apply", "", "key")
	return s.show(w, r, v, http.StatusOK, assistedDonePage(page))
}

// first is a field's value as it was sent.
func (p petition) first(field, or string) string { return cmp.Or(p.draft.values[field], or) }

package web

import (
	"net/http"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// wall is a village's notice board as anybody may see it (公示栏): what hangs
// there now, without risk types and numbers, until its period ends.
type wall struct {
	region, village string
	sheets          []hanging
	draft           draft
	code            string // of an objection just taken
}

// hanging is a sheet on the wall with the lines that still stand.
type hanging struct {
	projections.Notice
	lines []projections.NoticeLine
}

// maxWall bounds the sheets of a village that hang at the same time.
const maxWall = 50

func (s *site) board(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	page, err := s.wall(r)
	if err != nil {
		return err
	}
	return s.showPublic(w, r, http.StatusOK, boardPage(page))
}

func (s *site) wall(r *http.Request) (wall, error) {
	region, today := chi.URLParam(r, "village"), s.Handler.Today()
	if s.Reads.Notices == nil || !s.isVillage(region) {
		return wall{}, errNoPage
	}
	page := wall{region: region, village: s.regionName(region, today), draft: draft{values: map[string]string{}}}
	found, _, err := s.Reads.Notices.List(r.Context(), projections.NoticeFilter{Regions: s.codesOf(region, today), Today: today, Hanging: true}, projections.Page{Limit: maxWall})
	if err != nil {
		return page, err
	}
	for _, n := range found {
		if !public(n, today) {
			continue
		}
		sheet, err := s.Reads.Notices.Get(r.Context(), n.ID, today)
		if err != nil {
			return page, err
		}
		h := hanging{Notice: n}
		for _, l := range sheet.Households {
			if l.Struck == 0 {
				h.lines = append(h.lines, l)
			}
		}
		page.sheets = append(page.sheets, h)
	}
	return page, nil
}

// public says whether a sheet is still shown to everybody: until the day on which
// its period is over, though the paper may hang on.
func public(n projections.Notice, today calendar.Day) bool {
	return n.Posted <= today && (n.MayComeDown == 0 || today < n.MayComeDown)
}

// maxObjection bounds an objection, in characters: half a page.
const maxObjection = 300

// publicObjection takes an objection to a line that hangs now. Who objects need
// not say who he is; what he says of himself is sealed.
func (s *site) publicObjection(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	page, err := s.wall(r)
	if err != nil {
		return err
	}
	if err := whole(w, r); err != nil {
		return err
	}
	key := r.PostFormValue("key")
	status := http.StatusUnprocessableEntity
	if err = s.gates.object.pass(s.whence(r), page.region, s.now()); err == nil {
		err = s.objectTo(r, page, key)
	} else {
		status = http.StatusTooManyRequests
	}
	if told, refused := s.told(r, err); refused {
		page.draft = draftOf(r, r.PostFormValue("notice"), told, "key", "household", "content", "name", "contact")
		return s.showPublic(w, r, status, boardPage(page))
	}
	if err != nil {
		return err
	}
	page.code, page.draft = s.codeFor(key), draftOf(r, "", "", "key")
	return s.showPublic(w, r, http.StatusOK, objectedPage(page))
}

func (s *site) objectTo(r *http.Request, page wall, key string) error {
	content := code.Text(r.PostFormValue("content"))
	name, contact := r.PostFormValue("name"), r.PostFormValue("contact")
	switch {
	case !isKey(key):
		return policy.Refuse(policy.Malformed, "表单已失效，请重新打开本页")
	case utf8.RuneCountInString(string(content)) > maxObjection:
		return policy.Refuse(policy.Malformed, "异议内容不应超过%d字", maxObjection)
	case utf8.RuneCountInString(name) > 50 || utf8.RuneCountInString(contact) > 50:
		return policy.Refuse(policy.Malformed, "姓名或联系方式过长")
	}
	for _, sheet := range page.sheets {
		if sheet.ID != r.PostFormValue("notice") {
			continue
		}
		result, err := s.Handler.ObjectPublicly(r.Context(), key, sheet.ID, paper.RaiseSheetObjection{
			Objection: objectionOf(s.codeFor(key)), Household: r.PostFormValue("household"), Content: content, Objector: code.Personal(name), Contact: code.Personal(contact)})
		if err == nil {
			s.shownAfter(r.Context(), result.Position)
		}
		return err
	}
	return policy.Refuse(policy.PaperClosed, "这张公示单已期满或撤下，请到村委会当面反映")
}

// keyOf is the key of a public form: the one it was sent with, or a new one.
func keyOf(d draft) string {
	if key := d.values["key"]; isKey(key) {
		return key
	}
	return uuid.NewString()
}

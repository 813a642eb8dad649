package web

import (
	"errors"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/policy"
)

// fault is why a form was not taken, in plain words: beside the field it is
// about where the rule is about one, else above the form; and household by
// household where a paper's lines were refused.
type fault struct {
	field string
	told  string
	cite  string
	lines map[string]string // by household
	// since is what others entered meanwhile, and seen what has been shown with it.
	since []entrySince
	seen  string
	key   string // of the form
}

// status says whether the form itself is at fault, or others were faster.
func (f fault) status() int {
	if len(f.since) > 0 {
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// fieldOf tells which field of a form a rule is about.
var fieldOf = map[policy.Rule]string{
	policy.DayMissing: "happened", policy.FutureDay: "happened", policy.DayTooOld: "happened", policy.DayPerformed: "happened",
	policy.DoneByMissing: "done_by", policy.RecorderUnknown: "done_by", policy.NotAppointed: "done_by", policy.OutsideRegion: "done_by",
	policy.WrongCapacity: "done_by", policy.SurveyAlone: "done_by", policy.SamePerson: "done_by", policy.NotOwnPeople: "done_by",
	policy.KinDecides: "done_by", policy.OfficerDecides: "done_by",
	policy.AttachmentUnknown: "photo", policy.AttachmentRejected: "photo", policy.NoticePhotoMissing: "photo", policy.EvidenceMissing: "photo",
}

// faultOf says in words why a form was refused; another failure is none.
func (s *site) faultOf(r *http.Request, err error) (fault, bool) {
	var lines *commands.LinesRefused
	var refusal *policy.Refusal
	var file *attachments.Error
	var stale *commands.StaleError
	var large *http.MaxBytesError
	var others *overtaken
	if errors.As(err, &large) {
		err = attachments.ErrTooLarge
	}
	switch {
	case err == nil:
		return fault{}, false
	case errors.As(err, &others):
		return fault{told: say(r.Context(), "您填写期间，别人已有登记，请对照后再决定", "While you were writing, others entered something: compare before you decide"),
			since: others.since, seen: others.seen, key: r.PostFormValue("key")}, true
	case errors.As(err, &lines):
		f := s.faultIn(r, err)
		f.lines = map[string]string{}
		for _, l := range lines.Lines {
			f.lines[l.Household] = s.faultIn(r, l.Refusal).words(r)
		}
		return f, true
	case errors.As(err, &file):
		f := s.faultIn(r, err)
		f.field = "photo"
		return f, true
	case errors.As(err, &refusal), errors.As(err, &stale):
	default:
		return fault{}, false
	}
	f := s.faultIn(r, err)
	var field *misfilled
	if errors.As(err, &field) {
		f.field = field.field
	}
	return f, true
}

func (s *site) faultIn(r *http.Request, err error) fault {
	e := s.Explain(r.Context(), err)
	return fault{field: fieldOf[policy.Rule(e.Rule)], told: say(r.Context(), e.ZH, e.EN+": "+e.ZH), cite: e.Cite, seen: r.PostFormValue("seen")}
}

// words are the refusal with where it is written.
func (f fault) words(r *http.Request) string {
	if f.cite == "" {
		return f.told
	}
	return f.told + say(r.Context(), "（依据："+f.cite+"）", " (basis: "+f.cite+")")
}

// above says whether the refusal is told above the form: it is about none of the
// fields that the form shows.
func (f fault) above(fields ...string) bool { return f.told != "" && !slices.Contains(fields, f.field) }

// describedBy joins a field to the refusal told beside it.
func describedBy(f fault, field string) templ.Attributes {
	if f.told == "" || f.field != field {
		return nil
	}
	return templ.Attributes{"aria-describedby": "fault-" + field}
}

// refusalIn is the refusal in a failure; nil where it is another.
func refusalIn(err error) *policy.Refusal {
	var refusal *policy.Refusal
	errors.As(err, &refusal)
	return refusal
}

package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/policy/tell"
	"shouwang/projections"
)

// step is one entry of a replay with everything that an inspector asks of it: who,
// as what, on what evidence, under which rule.
type step struct {
	projections.Entry
	number      int // of the entry
	since       bool
	voids       int         // number of the entry that it strikes through; 0: none
	page        string      // of the paper on which it stands; "": none, or not for the visitor
	scans       []scan      // of the paper
	title       string      // of the pack
	laid, rules []tell.Line // what the pack lays down for the step, and to which rules it is held
}

// scan is a file of a paper, as a page.
type scan struct{ path, kind string }

// paperPages are where papers are shown, by kind.
var paperPages = map[string]string{"meeting": "/meetings/", "notice": "/sheets/", "document": "/lists/"}

// stepAt is the entry at which the tape stands. now is the household as it stands
// today, whose episodes say which order of steps applied.
func (s *site) stepAt(ctx context.Context, v *visitor, t tape, now *household.State) (*step, error) {
	at := &step{number: t.now.entry}
	at.Entry, at.since = t.asKnown(t.entries[t.now.entry-1])
	if i := slices.IndexFunc(t.entries, func(e projections.Entry) bool { return e.ID == at.Voids }); at.Voids != "" {
		at.voids = i + 1
	}
	if pack, ok := s.Handler.Directory.PackBySum(at.Pack.SHA256); ok {
		at.title = pack.Title
		if e := episodeOn(now, at.Happened); e != nil {
			if opened, ok := s.Handler.Directory.PackBySum(e.Pack.SHA256); ok {
				pack = pack.WithSteps(opened)
			}
		}
		at.laid, at.rules = tell.Step(pack, at.Procedure, at.Step)
		switch at.Type {
		case "visit.recorded.v1":
			at.laid = tell.Duties(pack, "visit")
		case "case.studied.v1", "study.followed_up.v1":
			at.laid = tell.Duties(pack, "study")
		}
	}
	return at, s.paperOf(ctx, v, at)
}

// paperOf finds the paper's page and its files, if the visitor may see them.
func (s *site) paperOf(ctx context.Context, v *visitor, at *step) error {
	root, ok := paperPages[at.Paper.Kind]
	if !ok || at.Paper.Name == "" {
		return nil
	}
	f, err := s.filed(ctx, at.Paper.Kind, at.Paper.ID)
	if errors.Is(err, errNoPage) || err == nil && !s.covers(v, f.Region) {
		return nil
	}
	if err != nil {
		return err
	}
	at.page = root + at.Paper.ID
	for _, fact := range f.facts {
		for _, file := range projections.FilesOf(fact.Event) {
			at.scans = append(at.scans, scan{at.page + "/photos/" + string(file.Hash), file.Kind})
		}
	}
	return nil
}

// episodeOn is the monitoring episode to which a day belongs; nil: none.
func episodeOn(s *household.State, on calendar.Day) (found *household.Episode) {
	for i := range s.Episodes {
		if s.Episodes[i].OpenedOn <= on {
			found = &s.Episodes[i]
		}
	}
	return found
}

// doing tells a person with what he was on the day: his capacity, office and post.
func doing(ctx context.Context, d projections.Doer) string {
	var as []string
	for _, part := range []string{d.Office + d.Post, term(ctx, code.Capacities, d.Capacity)} {
		if part != "" {
			as = append(as, part)
		}
	}
	if len(as) == 0 {
		return ""
	}
	return say(ctx, "（", " (") + strings.Join(as, say(ctx, "，", ", ")) + say(ctx, "）", ")")
}

// doerName is a person's name, or his id where the record has none.
func doerName(d projections.Doer) string { return cmp.Or(d.Name, d.Person) }

// flagBasis says where the rule of a flag is written.
func flagBasis(ctx context.Context, b policy.Basis, cite string) string {
	basis := map[policy.Basis]string{policy.Stated: say(ctx, "文件写明", "stated"), policy.Assumed: say(ctx, "推定", "assumed"), policy.House: say(ctx, "系统规则", "house rule")}[b]
	if cite != "" && basis != "" {
		basis += say(ctx, "：", ": ")
	}
	return basis + cite
}

// mayOpen says whether the visitor may open what was attached to files.
func mayOpen(v *visitor) bool { return v != nil && slices.Contains(namesakes, v.role) }

// fileKind is what a file is.
func fileKind(ctx context.Context, kind string) string {
	switch kind {
	case projections.PhotoKind:
		return say(ctx, "照片", "photograph")
	case "":
		return say(ctx, "证明材料", "paper")
	}
	return term(ctx, policy.EvidenceKinds, kind)
}

// attached finds a file that an entry of a household's file names.
func (s *site) attached(r *http.Request) (projections.HistoryFile, error) {
	h, err := s.Reads.History.History(r.Context(), chi.URLParam(r, "household"), household.Times{})
	if err != nil {
		return projections.HistoryFile{}, err
	}
	hash := code.Attachment(chi.URLParam(r, "hash"))
	for _, e := range h.Entries {
		for _, f := range e.Files {
			if f.Hash == hash {
				return f, nil
			}
		}
	}
	return projections.HistoryFile{}, errNoPage
}

// householdPhoto shows a photograph that an entry names.
func (s *site) householdPhoto(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	f, err := s.attached(r)
	if err != nil {
		return err
	}
	if f.Kind != projections.PhotoKind {
		return errNoPage // a paper has numbers on it: it is asked for with a reason
	}
	return s.serveFile(w, r, f.Hash)
}

// householdPaper shows a scanned paper, on which personal numbers may stand, once
// the visitor said why and that he did is recorded.
func (s *site) householdPaper(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.attached(r)
	if err != nil {
		return err
	}
	err = s.Accounts.Show(r.Context(), v.Account, account.PersonalShown{Household: chi.URLParam(r, "household"), Fields: []string{f.Kind}, Reason: reasonIn(r)}, s.door(r))
	if err != nil {
		return err
	}
	return s.serveFile(w, r, f.Hash)
}

package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// entering is the page of all forms (办理): by meeting, by sheet, by list, with how
// many households wait for each, and the papers entered last.
type entering struct {
	batches  []waitingBatch
	papers   []projections.PaperRow
	names    map[string]string
	found    []string
	village  string
	villages []office.Region // for which a file may be opened
}

// waitingBatch is a paper's form with the households whose turn it is.
type waitingBatch struct {
	batch
	waiting int
	more    bool // than are counted
	own     bool // of the visitor's own level
}

// recentPapers are how many of the papers entered last the page shows.
const recentPapers = 20

func (s *site) forms(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page := entering{found: s.recall(r)}
	page.village, page.villages = s.placeFor(v, code.Village, r.URL.Query().Get("village"))
	if form := r.URL.Query().Get("open"); form != "" && page.village != "" {
		return onward(w, r, "/households/forms/"+url.PathEscape(form)+"?region="+page.village)
	}
	regions := s.area(v, r.URL.Query().Get("region"))
	for _, b := range batches {
		b = s.made(v, b)
		if b.turnless() {
			page.batches = append(page.batches, waitingBatch{b, 0, false, b.level == levelOf(v)})
			continue
		}
		items, next, err := s.Reads.Owed.List(r.Context(), projections.OwedFilter{Regions: regions, Step: string(b.step), Today: v.today}, projections.Page{Limit: projections.MaxPage})
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, o := range items {
			if o.Paper == "" {
				seen[o.Household] = true
			}
		}
		page.batches = append(page.batches, waitingBatch{b, len(seen), next != "", b.level == levelOf(v)})
	}
	slices.SortStableFunc(page.batches, func(a, b waitingBatch) int {
		switch {
		case a.own == b.own:
			return 0
		case a.own:
			return -1
		}
		return 1
	})
	if s.Reads.Papers != nil {
		var err error
		if page.papers, _, err = s.Reads.Papers.List(r.Context(), projections.PaperFilter{Regions: regions}, projections.Page{Limit: recentPapers}); err != nil {
			return err
		}
	}
	page.names = s.names(v, func(yield func(string)) {
		for _, p := range page.papers {
			yield(p.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, formsPage(page))
}

// paperPage is where a paper is read; "" where it has no page.
func paperPage(p projections.PaperRow) string {
	if p.Kind == "study" {
		return "/studies/" + strings.TrimPrefix(p.Stream, "meeting-")
	}
	for prefix, at := range map[string]string{"meeting-": "/meetings/", "notice-": "/sheets/", "document-": "/lists/"} {
		if id, is := strings.CutPrefix(p.Stream, prefix); is && p.Kind != "study" && p.Kind != "handover" {
			return at + id
		}
	}
	return ""
}

// openedBy is the form that does what is owed; "" where there is none.
func openedBy(o projections.OwedItem) string {
	switch o.Kind {
	case projections.OwedNoticeDown:
		return "/sheets/" + o.Paper + "#removal"
	case projections.OwedObjection:
		return "/sheets/" + o.Paper + "#objections"
	case projections.OwedDuty:
		return dutyForm(o)
	case projections.OwedGreen: // its steps are owed one by one
		return "/households/" + o.Household + "#forms"
	default: // by its step
	}
	if o.Household == "" {
		return ""
	}
	if b, ok := batchOf(policy.Step(o.Step)); ok && o.Kind != projections.OwedEnding {
		region := o.Region
		if o.Level != code.Village {
			region = "" // the visitor's own
		}
		return nextBatch(b.step, policy.Procedure(o.Procedure), region, []string{o.Household})
	}
	if name, ok := caseFormFor(o); ok {
		to := "/households/" + o.Household + "/forms/" + name
		if o.Procedure != "" {
			to += "?procedure=" + o.Procedure
		}
		return to
	}
	return ""
}

// dutyForm is where a duty is done: at the household by what it asks for, or for a
// place by recording it.
func dutyForm(o projections.OwedItem) string {
	if o.Household != "" {
		to := "/households/" + o.Household
		switch o.Act {
		case policy.ByVisit:
			return to + "#visits"
		case policy.ByComparison:
			return to + "/forms/comparison"
		case policy.ByMeasure:
			return to + "/forms/measure"
		case policy.ByStudy:
			return to + "/forms/case-study"
		case policy.ByReport, policy.ByCheck: // of a place
		}
		return to + "#forms"
	}
	of := url.Values{"region": {o.Region}}
	switch o.Act {
	case policy.ByStudy:
		of.Set("whole", "1")
		return "/studies/new?" + of.Encode()
	case policy.ByCheck:
		return "/forms/check?" + of.Encode()
	case policy.ByReport, policy.ByVisit, policy.ByComparison, policy.ByMeasure: // is recorded as done
	}
	of.Set("duty", o.Duty)
	if o.Period != nil && o.Period.From != 0 {
		of.Set("for", o.Period.From.String())
	}
	of.Set("place", o.Region)
	of.Set("department", o.Department)
	return "/forms/duty-done?" + of.Encode()
}

func moreSign(more bool) string {
	if more {
		return "+"
	}
	return ""
}

// paperName is what a paper is called in a list.
func paperName(ctx context.Context, p projections.PaperRow) string {
	switch p.Kind {
	case "meeting":
		return say(ctx, "民主评议会", "appraisal meeting")
	case "study":
		return say(ctx, "研判会商", "study") + " " + p.Title
	case "notice":
		return p.Title
	}
	return cmp.Or(p.Title, term(ctx, paper.DocumentKinds, p.Kind))
}

// mayEnter says whether the visitor's role enters acts at all.
func mayEnter(v *visitor) bool { return v != nil && slices.Contains(caseworkers, v.role) }

// mayFill says whether the visitor's role fills in forms of one household.
func mayFill(v *visitor) bool { return v != nil && slices.Contains(helpers, v.role) }

// opensTo says whether the visitor may go to the form.
func opensTo(v *visitor, to string) bool {
	if strings.HasPrefix(to, "/households/") {
		return mayFill(v)
	}
	return to != "" && mayEnter(v)
}

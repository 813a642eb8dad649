package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// drawing is what the dashboard's script draws: the households of a table.
type drawing struct {
	Labels  []string `json:"labels"`
	Series  []series `json:"series"`
	Across  bool     `json:"across"` // bars lie
	Stacked bool     `json:"stacked"`
}

type series struct {
	Name   string  `json:"name"`
	Values []int64 `json:"values"`
}

// chartOf is the picture of a table's households.
func chartOf(t table, across, stacked bool) string {
	p := drawing{Across: across, Stacked: stacked, Labels: []string{}}
	for i, c := range t.columns {
		s := series{Name: c}
		for _, r := range t.rows {
			s.Values = append(s.Values, r.cells[i].households)
		}
		p.Series = append(p.Series, s)
	}
	for _, r := range t.rows {
		p.Labels = append(p.Labels, r.name)
	}
	text, err := json.Marshal(p)
	if err != nil {
		return "" // only texts and numbers
	}
	return string(text)
}

// chartSize is the class of a picture's height: one line for each bar.
func chartSize(t table) string {
	switch n := len(t.rows); {
	case n > 12:
		return "sw-tall"
	case n > 6:
		return "sw-many"
	}
	return ""
}

// without is the table without one of its columns.
func (t table) without(column int) table {
	out := table{}
	for i, c := range t.columns {
		if i != column {
			out.columns = append(out.columns, c)
		}
	}
	for _, r := range t.rows {
		cells := append(append([]tally{}, r.cells[:column]...), r.cells[column+1:]...)
		out.rows = append(out.rows, row{r.name, cells})
	}
	return out
}

// funnel is who waits where, as a picture.
func (o overview) funnel(ctx context.Context) table {
	t := table{columns: []string{say(ctx, "等待户数", "Households waiting")}}
	several := map[string]int{} // of those whose turn it is, by step
	for _, w := range o.waiting {
		several[w.Procedure+w.Step]++
	}
	for _, w := range o.waiting {
		name := term(ctx, policy.Procedures, w.Procedure) + " · " + term(ctx, policy.Steps, w.Step)
		if several[w.Procedure+w.Step] > 1 {
			name += " · " + term(ctx, code.Levels, w.Level)
		}
		t.rows = append(t.rows, row{name, []tally{{households: int64(w.Households)}}})
	}
	return t
}

// rate is the rate of elimination, of persons or of households.
func (o overview) rate(persons bool) string {
	of := func(f tally) int64 {
		if persons {
			return f.persons
		}
		return f.households
	}
	return share(of(o.heads[2]), of(o.heads[0]))
}

// share is a part of a whole in per cent, "–" of nothing.
func share(part, whole int64) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f%%", float64(part)/float64(whole)*100)
}

func (o overview) here() string {
	if o.region == "" {
		return "/dashboard"
	}
	return "/dashboard?" + url.Values{"region": {o.region}}.Encode()
}

func (o overview) waitingList(w projections.Waiting, overdue bool) string {
	q := o.asks("procedure", w.Procedure, "step", w.Step, "level", string(w.Level))
	if overdue {
		q.Set("overdue", "1")
	}
	return "/dashboard/waiting?" + q.Encode()
}

// queue is the list behind a figure of the funnel: each household once.
type queue struct {
	overview
	procedure, step string
	overdue         bool
	households      int
	items           []projections.OwedItem
	names           map[string]string
	more            string // the next page
}

// waitingFor lists who waits for a step.
func (s *site) waitingFor(w http.ResponseWriter, r *http.Request, v *visitor) error {
	asked := r.URL.Query()
	q := queue{overview: overview{region: asked.Get("region")}, procedure: asked.Get("procedure"), step: asked.Get("step"), overdue: asked.Get("overdue") != ""}
	q.place = s.placeName(v, q.region)
	filter := projections.OwedFilter{Regions: s.area(v, q.region), Today: v.today, Procedure: q.procedure, Step: q.step, Level: code.Level(asked.Get("level")), Overdue: q.overdue, Within: s.within(v)}
	var next string
	var err error
	if q.items, q.households, next, err = s.Reads.Owed.Queue(r.Context(), filter, projections.Page{After: asked.Get("after"), Limit: projections.MaxPage}); err != nil {
		return err
	}
	if next != "" {
		onwards := kept(asked)
		onwards.Set("after", next)
		q.more = "/dashboard/waiting?" + onwards.Encode()
	}
	q.names = s.names(v, func(yield func(string)) {
		for _, item := range q.items {
			yield(item.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, waitingPage(q))
}

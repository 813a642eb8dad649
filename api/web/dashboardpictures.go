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
	if len(t.rows) > 12 {
		return "sw-tall"
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
	for _, w := range o.waiting {
		name := term(ctx, policy.Procedures, w.Procedure) + " · " + term(ctx, policy.Steps, w.Step)
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

func (o overview) waitingList(w projections.Waiting) string {
	return "/dashboard/waiting?" + o.asks("procedure", w.Procedure, "step", w.Step, "level", string(w.Level)).Encode()
}

// waitingFor lists who waits for a step.
func (s *site) waitingFor(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	o := overview{region: q.Get("region")}
	o.place = s.placeName(v, o.region)
	filter := projections.OwedFilter{Regions: s.area(v, o.region), Today: v.today, Procedure: q.Get("procedure"), Step: q.Get("step"), Level: code.Level(q.Get("level"))}
	items, next, err := s.Reads.Owed.List(r.Context(), filter, projections.Page{After: q.Get("after"), Limit: projections.MaxPage})
	if err != nil {
		return err
	}
	more := ""
	if next != "" {
		onwards := kept(q)
		onwards.Set("after", next)
		more = "/dashboard/waiting?" + onwards.Encode()
	}
	names := s.names(v, func(yield func(string)) {
		for _, item := range items {
			yield(item.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, waitingPage(o, q.Get("step"), q.Get("procedure"), items, names, more))
}

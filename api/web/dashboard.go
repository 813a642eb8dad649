package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// overview is the county's dashboard (驾驶舱), or that of a part of it: figures
// that each open the list behind them.
type overview struct {
	region  string // asked for, "" the visitor's own
	place   string
	heads   []tally
	classes table
	months  table
	risks   table
	parts   table
	gaps    []tally
	waiting []projections.Waiting
}

// tally is a number with what it means, what it counts and whose it is.
type tally struct {
	zh, en              string
	zhMeans, enMeans    string
	households, persons int64
	list                string // the address of the list behind it
	of                  *tally // of which it is a share; nil: of nothing
}

// table is figures side by side.
type table struct {
	columns []string // of each, 户 and 人
	rows    []row
}

type row struct {
	name  string
	cells []tally
}

// begun is before the first household was monitored anywhere: whoever was ever
// included was included later.
var begun = calendar.Date(2000, time.January, 1)

const (
	// unvisitedDays is after how many days without a visit a household stands
	// among the gaps: a quarter.
	unvisitedDays = 90
	// trendMonths is how far back the trend goes.
	trendMonths = 18
)

func (s *site) dashboard(w http.ResponseWriter, r *http.Request, v *visitor) error {
	o := overview{region: r.URL.Query().Get("region")}
	o.place = s.placeName(v, o.region)
	ctx := r.Context()
	for _, fill := range []func(context.Context, *visitor, *overview) error{s.headFigures, s.byClass, s.byMonth, s.byRisk, s.byPart, s.gapFigures, s.whoWaits} {
		if err := fill(ctx, v, &o); err != nil {
			return err
		}
	}
	return s.show(w, r, v, http.StatusOK, dashboardPage(o))
}

// asks is the list that a figure counts: the ledger's parameters for the filter.
func (o overview) asks(pairs ...string) url.Values {
	q := url.Values{}
	if o.region != "" {
		q.Set("region", o.region)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q
}

func listOf(q url.Values) string { return ledgerPath + "?" + q.Encode() }

// counted counts what the ledger finds for the same parameters.
func (s *site) counted(ctx context.Context, v *visitor, f tally, q url.Values) (tally, error) {
	var err error
	f.list = listOf(q)
	f.households, f.persons, err = s.Reads.Register.Count(ctx, s.filter(v, q))
	return f, err
}

func (s *site) headFigures(ctx context.Context, v *visitor, o *overview) error {
	year := calendar.Date(v.today.Year(), time.January, 1)
	for _, h := range []struct {
		tally
		asks url.Values
	}{
		{tally{zh: "累计纳入", en: "Ever included", zhMeans: "县级审定纳入过的户，按首次纳入计一次；撤销认定的除外", enMeans: "Included by a county decision, each once, without revoked ones"}, o.asks("included_from", begun.String())},
		{tally{zh: "监测中（风险未消除）", en: "Monitored now", zhMeans: "已纳入，风险未消除、未撤销、未自然减少", enMeans: "Included, risk not eliminated"}, o.asks("stage", string(household.StageMonitored))},
		{tally{zh: "风险消除", en: "Risk eliminated", zhMeans: "县级已审定消除且未回退；公告、标注另计", enMeans: "Eliminated by a county decision that stands"}, o.asks("stage", string(household.StageEliminated))},
		{tally{zh: "本年新纳入", en: "New this year", zhMeans: "首次县级审定在本年一月一日以后", enMeans: "First county decision this year"}, o.asks("included_from", year.String())},
		{tally{zh: "识别中", en: "Inclusion under way", zhMeans: "已启动识别，县级尚未审定", enMeans: "Inclusion begun, not yet decided"}, o.asks("stage", string(household.StageInclusion))},
	} {
		f, err := s.counted(ctx, v, h.tally, h.asks)
		if err != nil {
			return err
		}
		o.heads = append(o.heads, f)
	}
	return nil
}

// byClass counts every class in every state, of those ever included.
func (s *site) byClass(ctx context.Context, v *visitor, o *overview) error {
	asks := o.asks("included_from", begun.String())
	groups, err := s.Reads.Register.Groups(ctx, s.filter(v, asks), projections.ByClassAndStage)
	if err != nil {
		return err
	}
	stages := present(household.Stages, groups, func(g projections.Group) string { return g.Second })
	for _, st := range stages {
		o.classes.columns = append(o.classes.columns, say(ctx, st.ZH, st.EN))
	}
	for _, c := range present(code.Classes, groups, func(g projections.Group) string { return g.Key }) {
		line := row{name: say(ctx, c.ZH, c.EN)}
		for _, st := range stages {
			cell := tally{list: listOf(o.asks("included_from", begun.String(), "class", c.Code, "stage", st.Code))}
			for _, g := range groups {
				if g.Key == c.Code && g.Second == st.Code {
					cell.households, cell.persons = g.Households, g.Persons
				}
			}
			line.cells = append(line.cells, cell)
		}
		o.classes.rows = append(o.classes.rows, line)
	}
	return nil
}

// present are the entries of a code list that occur in the groups.
func present(list code.List, groups []projections.Group, of func(projections.Group) string) (entries code.List) {
	for _, e := range list {
		for _, g := range groups {
			if of(g) == e.Code {
				entries = append(entries, e)
				break
			}
		}
	}
	return entries
}

// byMonth counts inclusions and eliminations month by month.
func (s *site) byMonth(ctx context.Context, v *visitor, o *overview) error {
	o.months.columns = []string{say(ctx, "纳入", "Included"), say(ctx, "风险消除", "Eliminated")}
	filter := s.filter(v, o.asks())
	included, err := s.Reads.Register.Groups(ctx, filter, projections.ByMonthIncluded)
	if err != nil {
		return err
	}
	eliminated, err := s.Reads.Register.Groups(ctx, filter, projections.ByMonthEliminated)
	if err != nil {
		return err
	}
	year, month := v.today.YearMonth()
	for first := calendar.Date(year, month, 1).AddMonths(1 - trendMonths); first <= v.today; first = first.AddMonths(1) {
		from, to := first.String(), (first.AddMonths(1) - 1).String()
		line := row{name: from[:len("2006-01")]}
		for _, side := range []struct {
			groups []projections.Group
			name   string
		}{{included, "included"}, {eliminated, "eliminated"}} {
			cell := tally{list: listOf(o.asks(side.name+"_from", from, side.name+"_to", to))}
			for _, g := range side.groups {
				if g.Key == line.name {
					cell.households, cell.persons = g.Households, g.Persons
				}
			}
			line.cells = append(line.cells, cell)
		}
		o.months.rows = append(o.months.rows, line)
	}
	return nil
}

// byRisk counts the risks of those monitored; a household may have several.
func (s *site) byRisk(ctx context.Context, v *visitor, o *overview) error {
	stage := string(household.StageMonitored)
	groups, err := s.Reads.Register.Groups(ctx, s.filter(v, o.asks("stage", stage)), projections.ByRisk)
	if err != nil {
		return err
	}
	o.risks.columns = []string{say(ctx, "监测中", "Monitored")}
	for _, risk := range present(code.Risks, groups, func(g projections.Group) string { return g.Key }) {
		for _, g := range groups {
			if g.Key == risk.Code {
				o.risks.rows = append(o.risks.rows, row{say(ctx, risk.ZH, risk.EN), []tally{{households: g.Households, persons: g.Persons, list: listOf(o.asks("stage", stage, "risk", g.Key))}}})
			}
		}
	}
	return nil
}

// byPart compares the townships of a county, or the villages of a township.
func (s *site) byPart(ctx context.Context, v *visitor, o *overview) error {
	groups, err := s.Reads.Register.Groups(ctx, s.filter(v, o.asks("included_from", begun.String())), projections.ByRegionAndStage)
	if err != nil {
		return err
	}
	o.parts.columns = []string{say(ctx, "累计纳入", "Ever included"), say(ctx, "监测中", "Monitored"), say(ctx, "风险消除", "Eliminated")}
	within := o.region
	if within == "" {
		within = v.region
	}
	return s.Handler.Directory.View(func(d *office.Directory) error {
		for _, part := range d.Children(within, v.today) {
			if part.Level == code.Group {
				continue
			}
			line := row{name: part.Name}
			for _, stage := range []household.Stage{"", household.StageMonitored, household.StageEliminated} {
				q := url.Values{"included_from": {begun.String()}, "region": {part.Code}}
				if stage != "" {
					q.Set("stage", string(stage))
				}
				cell := tally{list: listOf(q)}
				for _, g := range groups {
					if (stage == "" || g.Second == string(stage)) && d.Contains(part.Code, g.Key, v.today) {
						cell.households, cell.persons = cell.households+g.Households, cell.persons+g.Persons
					}
				}
				line.cells = append(line.cells, cell)
			}
			o.parts.rows = append(o.parts.rows, line)
		}
		return nil
	})
}

// gapFigures count those monitored to whom something is missing.
func (s *site) gapFigures(ctx context.Context, v *visitor, o *overview) error {
	stage := string(household.StageMonitored)
	monitored, err := s.counted(ctx, v, tally{zh: "监测中", en: "Monitored"}, o.asks("stage", stage))
	if err != nil {
		return err
	}
	for _, g := range []struct {
		tally
		name, value string
	}{
		{tally{zh: "有开发式帮扶措施", en: "With a development measure", zhMeans: "监测中的户，开始过产业、就业、金融或公益性岗位帮扶中的至少一项；比例分别除以监测中的户数、人数", enMeans: "Monitored, at least one measure of production, employment, credit or public post begun; shares of those monitored", of: &monitored}, "developed", "1"},
		{tally{zh: "尚无帮扶措施", en: "Without any measure", zhMeans: "监测中的户，没有开始任何一项帮扶措施", enMeans: "Monitored, no measure begun"}, "unhelped", "1"},
		{tally{zh: "责任人不全", en: "Without an officer", zhMeans: "监测中的户，缺监测责任人或帮扶责任人", enMeans: "Monitored, without a monitoring or assistance officer"}, "unattended", "1"},
		{tally{zh: "三个月未走访", en: "Not visited for three months", zhMeans: "监测中的户，最近90天没有走访记录", enMeans: "Monitored, no visit in the last 90 days"}, "unvisited_since", (v.today - unvisitedDays).String()},
		{tally{zh: "红色预警", en: "Under a red warning", zhMeans: "监测中的户，红色预警尚未解除", enMeans: "Monitored, the red warning not ended"}, "red", "1"},
		{tally{zh: "整户无劳动力", en: "Wholly without labour", zhMeans: "监测中的户，没有一名成员有劳动能力：应落实兜底保障", enMeans: "Monitored, no member able to work: safety-net measures are due"}, "no_labour", "1"},
	} {
		f, err := s.counted(ctx, v, g.tally, o.asks("stage", stage, g.name, g.value))
		if err != nil {
			return err
		}
		o.gaps = append(o.gaps, f)
	}
	return nil
}

// whoWaits is where households wait in the procedures, and what offices owe.
func (s *site) whoWaits(ctx context.Context, v *visitor, o *overview) (err error) {
	regions := s.area(v, o.region)
	if o.waiting, err = s.Reads.Owed.Funnel(ctx, projections.OwedFilter{Regions: regions, Today: v.today, Within: s.within(v)}); err != nil {
		return err
	}
	slices.SortStableFunc(o.waiting, func(a, b projections.Waiting) int {
		return cmp.Or(cmp.Compare(orderIn(policy.Procedures, a.Procedure), orderIn(policy.Procedures, b.Procedure)), cmp.Compare(orderIn(policy.Steps, a.Step), orderIn(policy.Steps, b.Step)))
	})
	return nil
}

// within says whether a region lies in another today.
func (s *site) within(v *visitor) func(ancestor, region string) bool {
	return func(ancestor, region string) bool { return s.Handler.Directory.Contains(ancestor, region, v.today) }
}

// orderIn is where an entry stands in its list, which is in the order of the work.
func orderIn(list code.List, c string) int { return slices.Index(list.Codes(), c) }

package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/projections"
)

// column is a column of the ledger that may be chosen.
type column struct{ name, zh, en string }

// columns in the order of the ledger; the household itself always stands first.
var columns = []column{
	{"village", "村组", "Village"},
	{"kind", "农户类型", "Kind"},
	{"class", "监测对象类别", "Class"},
	{"stage", "状态", "State"},
	{"persons", "人口", "Persons"},
	{"risks", "风险类型", "Risks"},
	{"income", "人均纯收入", "Income per head"},
	{"included", "纳入日期", "Included"},
	{"eliminated", "风险消除日期", "Eliminated"},
	{"monitoring", "监测责任人", "Monitoring officer"},
	{"assistance", "帮扶责任人", "Assistance officer"},
	{"visit", "最近走访", "Last visit"},
	{"flags", "存疑", "Flags"},
}

// usual are the columns when nobody chose.
var usual = []string{"village", "class", "stage", "persons", "risks", "included", "visit"}

// book is a page of the ledger (台账).
type book struct {
	asked      url.Values
	place      string
	regions    []office.Region // from which one may choose
	called     []office.Region // of them, those called what is searched for
	rows       []projections.Household
	next       string
	households int64
	persons    int64
	names      map[string]string
	columns    []column
}

// limits are the lengths of a page from which one may choose.
var limits = []int{20, 50, 100}

func (s *site) ledger(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	filter := s.filter(v, q)
	b := book{asked: q, columns: chosen(q["column"]), regions: s.below(v)}
	b.called, b.place = called(b.regions, filter.Text), s.placeName(v, q.Get("region"))
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil || !slices.Contains(limits, limit) {
		limit = limits[0]
	}
	if b.rows, b.next, err = s.Reads.Register.List(r.Context(), filter, projections.Page{After: q.Get("after"), Limit: limit}); err != nil {
		return err
	}
	if b.households, b.persons, err = s.Reads.Register.Count(r.Context(), filter); err != nil {
		return err
	}
	b.names = s.names(v, func(yield func(string)) {
		for _, row := range b.rows {
			yield(row.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, ledgerPage(b))
}

// filter is what the parameters of the ledger's address ask for.
func (s *site) filter(v *visitor, q url.Values) projections.Filter {
	regions := s.area(v, q.Get("region"))
	f := projections.Filter{
		Regions: regions, Whole: s.Handler.Directory.Whole(regions), Kind: code.Kind(q.Get("kind")), Class: code.Class(q.Get("class")), Stage: household.Stage(q.Get("stage")),
		Risk: code.Risk(q.Get("risk")), Text: text(q.Get("text")), Unconfirmed: q.Get("unconfirmed") != "", NoLabour: q.Get("no_labour") != "",
	}
	if q.Get("mine") != "" {
		f.Officer = v.Person
	}
	narrowed(&f, q)
	return f
}

// placeName is what the region asked for, or the visitor's own, is called.
func (s *site) placeName(v *visitor, region string) string {
	region = cmp.Or(region, v.region)
	return s.names(v, func(yield func(string)) { yield(region) })[region]
}

// maxText bounds what is searched for: the longest number, or a long name.
const maxText = 40

func text(s string) string {
	s = strings.TrimSpace(s)
	if runes := []rune(s); len(runes) > maxText {
		s = string(runes[:maxText])
	}
	return s
}

// chosen are the columns named, in the ledger's order.
func chosen(names []string) []column {
	if len(names) == 0 {
		names = usual
	}
	var some []column
	for _, c := range columns {
		if slices.Contains(names, c.name) {
			some = append(some, c)
		}
	}
	return some
}

// below are the regions inside the visitor's own down to the villages, each
// after the one it lies in.
func (s *site) below(v *visitor) (regions []office.Region) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		var walk func(region string, depth int)
		walk = func(region string, depth int) {
			for _, child := range d.Children(region, v.today) {
				if child.Level != code.Group && depth < len(code.Levels) {
					regions = append(regions, child)
					walk(child.Code, depth+1)
				}
			}
		}
		walk(v.region, 0)
		return nil
	})
	return regions
}

// cell is what stands in a column of a household's row.
func (b book) cell(ctx context.Context, h projections.Household, column string) string {
	switch column {
	case "village":
		return b.names[h.Region] + h.Group
	case "kind":
		return term(ctx, code.Kinds, h.Kind)
	case "class":
		return term(ctx, code.Classes, h.Class)
	case "stage":
		return term(ctx, household.Stages, h.Stage)
	case "persons":
		return strconv.Itoa(h.Persons)
	case "risks":
		return terms(ctx, code.Risks, h.Risks)
	case "income":
		if h.Income == nil {
			return ""
		}
		return strconv.Itoa(h.IncomeYear) + say(ctx, "年 ", ": ") + yuan(ctx, *h.Income)
	case "included":
		return date(ctx, h.Included)
	case "eliminated":
		return date(ctx, h.Eliminated)
	case "monitoring":
		return nameOf(h.Monitoring)
	case "assistance":
		return nameOf(h.Assistance)
	case "visit":
		return date(ctx, h.LastVisit)
	case "flags":
		if h.Flags == 0 {
			return ""
		}
		return strconv.Itoa(h.Flags)
	}
	return ""
}

func nameOf(p *projections.LedgerPerson) string {
	if p == nil {
		return ""
	}
	return p.Name
}

// has says whether a parameter holds the value.
func (b book) has(name, value string) bool { return slices.Contains(b.asked[name], value) }

// more is the address of the next page, with everything that was asked.
func (b book) more() string {
	q := kept(b.asked)
	q.Set("after", b.next)
	return ledgerPath + "?" + q.Encode()
}

// indented is a region's name in a list that shows villages under townships.
func indented(r office.Region) string {
	if r.Level == code.Village {
		return "　" + r.Name
	}
	return r.Name
}

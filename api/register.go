package api

import (
	"context"
	"fmt"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// registerInput asks for a page of the ledger.
type registerInput struct {
	Area
	Current
	Kind        string `query:"kind"`
	Class       string `query:"class"`
	Stage       string `query:"stage"`
	Risk        string `query:"risk"`
	Text        string `query:"text" maxLength:"40" doc:"姓名（或其中一至三字）、身份证号码全号或后四位、档案编号"`
	Officer     string `query:"officer" maxLength:"64" doc:"监测或帮扶责任人编号"`
	Unconfirmed bool   `query:"unconfirmed" doc:"只列待确认的；不填则只列其余的"`
	Red         bool   `query:"red_warning" doc:"只列红色预警中的"`
	NoLabour    bool   `query:"no_labour" doc:"只列整户无劳动力的"`
	IncomeYear  int    `query:"income_year" minimum:"2014" maximum:"2100" doc:"有该年度人均纯收入登记的，可与下两项合用"`
	IncomeFrom  int64  `query:"income_from_fen" minimum:"0" doc:"人均纯收入不低于（分）"`
	IncomeBelow int64  `query:"income_below_fen" minimum:"0" doc:"人均纯收入低于（分）"`
	Paging
	Waiting
}

// name is the list with its filters, for the cursor.
func (in *registerInput) name() string {
	return fmt.Sprintf("register|%q|%q|%q|%q|%q|%q|%q|%q|%t|%t|%t|%d|%d|%d", in.Region, in.RegionOn, in.Kind, in.Class, in.Stage, in.Risk,
		in.Text, in.Officer, in.Unconfirmed, in.Red, in.NoLabour, in.IncomeYear, in.IncomeFrom, in.IncomeBelow)
}

// Totals are the ledger's totals in a region.
type Totals struct {
	Region     string              `json:"region,omitzero"`
	Households int64               `json:"households" doc:"户"`
	Persons    int64               `json:"persons" doc:"人"`
	Items      []projections.Total `json:"items" doc:"按农户类型、监测对象类别、状态"`
}

func (s *server) registers() {
	g := s.about("台账")
	get(g, "/households", "list-households", "台账：现状，按村和档案编号排列", s.register)
	get(g, "/households/{household}/row", "get-row", "一户在台账中的一行", func(ctx context.Context, in *struct {
		Household string `path:"household"`
		Current
		Waiting
	}) (*answer[projections.Household], error) {
		if err := s.currently(ctx, in.Current, in.Waiting, projections.RegisterName); err != nil {
			return nil, err
		}
		if s.Reads.Register == nil {
			return nil, unavailable()
		}
		if err := isID(in.Household, policy.HouseholdUnknown); err != nil {
			return nil, err
		}
		row, err := s.Reads.Register.Get(ctx, in.Household)
		if !callerOf(ctx).seesNames() {
			row.Head = code.MaskName(row.Head)
		}
		a := answerOf(row)
		a.ETag = etag(row.Version)
		return a, err
	})
	get(g, "/totals", "get-totals", "台账合计：户、人，按类型、类别、状态", s.totals)
}

// currently refuses other times for a read model that knows only now, and waits
// for one's own act.
func (s *server) currently(ctx context.Context, c Current, w Waiting, model string) error {
	if err := c.refuse(s.today()); err != nil {
		return err
	}
	return w.shown(ctx, s, model)
}

func (s *server) register(ctx context.Context, in *registerInput) (*answer[page[projections.Household]], error) {
	if s.Reads.Register == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.RegisterName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	filter := projections.Filter{
		Regions: regions, Whole: s.Handler.Directory.Whole(regions), Kind: code.Kind(in.Kind), Class: code.Class(in.Class), Stage: household.Stage(in.Stage), Risk: code.Risk(in.Risk),
		Text: in.Text, Officer: in.Officer, Unconfirmed: in.Unconfirmed, Red: in.Red, NoLabour: in.NoLabour,
		IncomeYear: in.IncomeYear, IncomeFrom: code.Fen(in.IncomeFrom), IncomeBelow: code.Fen(in.IncomeBelow),
	}
	return paged(s, in.Paging, in.name(), func(p projections.Page) ([]projections.Household, string, error) {
		rows, next, err := s.Reads.Register.List(ctx, filter, p)
		if !callerOf(ctx).seesNames() {
			maskHeads(rows)
		}
		return rows, next, err
	})
}

func (s *server) totals(ctx context.Context, in *struct {
	Area
	Current
	Waiting
}) (*answer[Totals], error) {
	if s.Reads.Register == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.RegisterName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	if regions == nil {
		if regions, err = s.everywhere(); err != nil {
			return nil, err
		}
	}
	items, err := s.Reads.Register.Totals(ctx, regions)
	if err != nil {
		return nil, err
	}
	out := Totals{Region: in.Region, Items: items}
	for _, t := range items {
		out.Households += t.Households
		out.Persons += t.Persons
	}
	return answerOf(out), nil
}

// everywhere is every code there ever was.
func (s *server) everywhere() (codes []string, err error) {
	err = s.Handler.Directory.View(func(d *office.Directory) error {
		for _, top := range d.Children("", s.today()) {
			codes = append(codes, d.Regions(top.Code, s.today())...)
		}
		return nil
	})
	return codes, err
}

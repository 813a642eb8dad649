package api

import (
	"context"
	"fmt"

	"shouwang/commands"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// fundInput is an act on one fund.
type fundInput struct {
	Fund string `path:"fund" doc:"资金编号"`
	ActInput
}

func (in *fundInput) act() *ActInput { return &in.ActInput }

// funds serves the money raised against falling back: funds, lists, findings.
func (s *server) funds() {
	g := s.about("资金")
	post(g, "/funds", "设立资金：防贫救助基金、备用金、补助项目及其管理规定", (*newInput).act,
		func(ctx context.Context, _ *newInput, r commands.Request, c fund.Establish) (*recorded, error) {
			return s.enterFund(ctx, r, commands.NewID(r.By, r.Key), c)
		})
	onFund[fund.Raise](g, "raisings", "筹集资金")
	onFund[fund.Approve](g, "approvals", "资金审批名单；逐户记入档案")
	onFund[fund.Pay](g, "payments", "资金发放名单；逐户记入档案")
	onFund[fund.Reverse](g, "reversals", "冲销或追回一户的发放")
	get(g, "/funds", "list-funds", "资金：已筹集、已批准、已发放，受助户数、人数", s.listFunds)
	get(g, "/funds/{fund}", "get-fund", "一项资金", s.fund)
	get(g, "/funds/{fund}/lines", "list-fund-lines", "审批和发放名单，逐户，并列审计疑点", s.fundLines)
	get(g, "/funds/{fund}/qualifying", "list-qualifying", "补助项目：现状符合一类条件的农户", s.qualifying)
	get(g, "/fund-findings", "list-fund-findings", "审计疑点：重复发放、未经审批、超出余额、不符合条件", s.fundFindings)
}

func onFund[C fund.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/funds/{fund}/"+path, summary, (*fundInput).act, func(ctx context.Context, in *fundInput, r commands.Request, c C) (*recorded, error) {
		if err := isID(in.Fund, policy.FundUnknown); err != nil {
			return nil, err
		}
		return s.enterFund(ctx, r, in.Fund, c)
	})
}

func (s *server) enterFund(ctx context.Context, r commands.Request, id string, c fund.Command) (*recorded, error) {
	result, err := s.Handler.Fund(ctx, r, id, c)
	if err != nil {
		if len(result.Events) > 0 {
			return nil, s.interrupted(err)
		}
		return nil, err
	}
	out := s.record(id, base+"/funds/"+id, result.Result)
	out.Body.Lines = linesOf(result.Lines)
	return out, nil
}

// FundRead are the questions about one fund.
type FundRead struct {
	Fund string `path:"fund" doc:"资金编号"`
	Current
	Waiting
}

// ready says whether the question can be answered now.
func (s *server) fundsReady(ctx context.Context, c Current, w Waiting) error {
	if s.Reads.Funds == nil {
		return unavailable()
	}
	return s.currently(ctx, c, w, projections.FundsName)
}

func (s *server) listFunds(ctx context.Context, in *struct {
	Area
	Current
	Kind string `query:"kind" doc:"fund_kinds中的一种"`
	Paging
	Waiting
}) (*answer[page[projections.FundRow]], error) {
	if err := s.fundsReady(ctx, in.Current, in.Waiting); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("funds|%q|%q|%q", in.Region, in.RegionOn, in.Kind)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.FundRow, string, error) {
		return s.Reads.Funds.List(ctx, projections.FundFilter{Regions: regions, Kind: in.Kind}, p)
	})
}

func (s *server) oneFund(ctx context.Context, in FundRead) (projections.FundRow, error) {
	if err := s.fundsReady(ctx, in.Current, in.Waiting); err != nil {
		return projections.FundRow{}, err
	}
	if err := isID(in.Fund, policy.FundUnknown); err != nil {
		return projections.FundRow{}, err
	}
	return s.Reads.Funds.Get(ctx, in.Fund)
}

func (s *server) fund(ctx context.Context, in *FundRead) (*answer[projections.FundRow], error) {
	row, err := s.oneFund(ctx, *in)
	a := answerOf(row)
	a.ETag = etag(row.Version)
	return a, err
}

func (s *server) fundLines(ctx context.Context, in *struct {
	FundRead
	Entry     string `query:"entry" enum:"approval,payment" doc:"审批或发放；不填为全部"`
	Household string `query:"household" maxLength:"64"`
	Paging
}) (*answer[page[projections.FundEntry]], error) {
	if _, err := s.oneFund(ctx, in.FundRead); err != nil {
		return nil, err
	}
	f := projections.FundFilter{Fund: in.Fund, Entry: in.Entry, Household: in.Household}
	return paged(s, in.Paging, fmt.Sprintf("fund-lines|%q|%q|%q", in.Fund, in.Entry, in.Household), func(p projections.Page) ([]projections.FundEntry, string, error) {
		return s.Reads.Funds.Lines(ctx, f, p)
	})
}

// qualifying lists who meets a condition of a project by the ledger as it stands.
func (s *server) qualifying(ctx context.Context, in *struct {
	FundRead
	Tier string `query:"tier" required:"true" doc:"项目的一类条件"`
	Paging
}) (*answer[page[projections.Household]], error) {
	row, err := s.oneFund(ctx, in.FundRead)
	if err != nil {
		return nil, err
	}
	if s.Reads.Register == nil {
		return nil, unavailable()
	}
	if err := in.shown(ctx, s, projections.RegisterName); err != nil {
		return nil, err
	}
	for _, tier := range row.Tiers {
		if tier.Tier == in.Tier {
			filter := projections.Filter{Kind: tier.Kind, WithLabour: tier.WithLabour, IncomeYear: tier.IncomeYear, IncomeFrom: -household.MaxIncome, IncomeBelow: tier.IncomeBelow}
			if tier.Monitored {
				filter.Stage = household.StageMonitored
			}
			if filter.Regions, err = (Area{Region: row.Region}).codes(s, s.today()); err != nil {
				return nil, err
			}
			return paged(s, in.Paging, fmt.Sprintf("qualifying|%q|%q", in.Fund, in.Tier), func(p projections.Page) ([]projections.Household, string, error) {
				return s.Reads.Register.List(ctx, filter, p)
			})
		}
	}
	return nil, newProblem(readNotFound, "项目没有这一类条件")
}

func (s *server) fundFindings(ctx context.Context, in *struct {
	Area
	Current
	Fund string `query:"fund" maxLength:"64"`
	Rule string `query:"rule" maxLength:"60"`
	Waiting
}) (*answer[list[projections.FundFinding]], error) {
	if err := s.fundsReady(ctx, in.Current, in.Waiting); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	found, err := s.Reads.Funds.Findings(ctx, projections.FundFilter{Regions: regions, Fund: in.Fund, Rule: policy.Rule(in.Rule)})
	if found == nil {
		found = []projections.FundFinding{}
	}
	return answerOf(list[projections.FundFinding]{found}), err
}

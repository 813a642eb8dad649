package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// AdoptPack: a region follows a pack from a day on. Name, version and hash are
// those of the text.
type AdoptPack struct {
	Region   string       `json:"region"`
	Text     string       `json:"text" doc:"办法全文（YAML）"`
	From     calendar.Day `json:"from,omitzero" doc:"采用日期；不填为办法生效之日"`
	Document string       `json:"document,omitzero" doc:"采用文件的文号"`
}

func (s *server) policies() {
	g := s.about("办法")
	post(g, "/policies", "采用一套办法", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c AdoptPack) (*recorded, error) {
		return s.enterPolicy(ctx, r, c.Region, policy.Adopted{Region: c.Region, Text: c.Text, From: c.From, Document: c.Document})
	})
	post(g, "/income-lines", "确定年度监测范围（收入线）", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c policy.LineSet) (*recorded, error) {
		return s.enterPolicy(ctx, r, c.Region, c)
	})
	get(g, "/policies/{region}", "get-policy", "某日在当地有效的办法：环节、天数、收入线、哪些规定阻止、哪些只提示", func(_ context.Context, in *struct {
		Region string `path:"region"`
		OnDay
	}) (*answer[policy.Pack], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		pack, ok := s.Handler.Directory.Pack(in.Region, day)
		if !ok {
			return nil, newProblem(readNotFound, "当日当地没有办法")
		}
		return answerOf(pack), nil
	})
}

func (s *server) enterPolicy(ctx context.Context, r commands.Request, region string, e policy.Event) (*recorded, error) {
	result, err := s.Handler.Policy(ctx, r, e)
	if err != nil {
		return nil, err
	}
	return s.record(region, base+"/policies/"+region, result), nil
}

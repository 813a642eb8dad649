package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/domain/policy"
	"shouwang/projections"
)

// papers serves the papers themselves, the sheets among them with what they say
// about notices, and finishes what was interrupted.
func (s *server) papers() {
	g := s.about("材料")
	get(g, "/papers", "list-papers", "材料：评议会、公示单、文件和名单", s.listPapers)
	get(g, "/papers/{kind}/{id}", "get-paper", "一份材料及其逐户登记情况", s.paper)
	get(g, "/interrupted", "list-interrupted", "已登记而尚有农户未办结的材料", s.interruptedPapers)
	get(g, "/notices", "list-notices", "公示单：公示中、期满待撤、有异议、已撤下", s.listNotices)
	get(g, "/notices/{notice}", "get-notice", "一张公示单：逐户、异议、照片、下一环节是否等候", s.notice)
	get(g, "/notices/{notice}/objections/{objection}/objector", "get-objector", "异议人的姓名和联系方式：只供上级纪检监察机构和受委派调查该异议的人查看，须写明理由并记录在案", s.objector)
	get(g, "/notices/{notice}/inquirers", "list-inquirers", "异议调查的委派，包括已作废的", s.inquirers)
	get(g, "/inquiries", "list-inquiries", "我受委派调查的异议", s.inquiries)
	huma.Register(s.huma, huma.Operation{
		Method: http.MethodPost, Path: base + "/papers/{kind}/{id}/lines/{version}", OperationID: "finish-lines", Summary: "继续办结中断的材料",
		Description: "已登记的材料逐户记入档案；已记入的不再重复。请求体为空对象{}。", Tags: []string{g.tag}, Responses: refusals(s),
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}}},
	}, func(ctx context.Context, in *resumeInput) (*answer[Resumed], error) {
		ctx, cancel := context.WithTimeout(ctx, actTime)
		defer cancel()
		out, err := s.finishLines(ctx, in)
		if err != nil {
			return nil, s.problemOf(ctx, err)
		}
		return answerOf(*out), nil
	})
	s.routes = append(s.routes, route{http.MethodPost, base + "/papers/{kind}/{id}/lines/{version}", ""})
}

func (s *server) listPapers(ctx context.Context, in *struct {
	Area
	Current
	Kind string `query:"kind" maxLength:"40" doc:"meeting、notice，或document_kinds中的一种"`
	Paging
	Waiting
}) (*answer[page[projections.PaperRow]], error) {
	if s.Reads.Papers == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.PapersName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("papers|%q|%q|%q", in.Region, in.RegionOn, in.Kind)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.PaperRow, string, error) {
		return s.Reads.Papers.List(ctx, projections.PaperFilter{Regions: regions, Kind: in.Kind}, p)
	})
}

func (s *server) paper(ctx context.Context, in *struct {
	Kind string `path:"kind" enum:"meeting,notice,document,fund"`
	ID   string `path:"id" doc:"材料编号"`
	Current
	Waiting
}) (*answer[projections.PaperWithLines], error) {
	if s.Reads.Papers == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.PapersName); err != nil {
		return nil, err
	}
	if err := isID(in.ID, policy.PaperUnknown); err != nil {
		return nil, err
	}
	paper, err := s.Reads.Papers.Get(ctx, in.Kind, in.ID)
	a := answerOf(paper)
	a.ETag = etag(paper.Version)
	return a, err
}

func (s *server) interruptedPapers(ctx context.Context, in *struct {
	Area
	Current
	Waiting
}) (*answer[list[projections.MissingLine]], error) {
	if s.Reads.Papers == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.PapersName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	missing, err := s.Reads.Papers.Missing(ctx, regions)
	return answerOf(list[projections.MissingLine]{missing}), err
}

func (s *server) listNotices(ctx context.Context, in *struct {
	Area
	Current
	State string `query:"state"`
	From  string `query:"posted_from" doc:"张贴日期不早于"`
	To    string `query:"posted_to" doc:"张贴日期不晚于"`
	Paging
	Waiting
}) (*answer[page[projections.Notice]], error) {
	if s.Reads.Notices == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.NoticesName); err != nil {
		return nil, err
	}
	f := projections.NoticeFilter{State: projections.NoticeState(in.State), Today: s.today()}
	var err error
	if f.Regions, err = in.Area.codes(s, s.today()); err != nil {
		return nil, err
	}
	if f.From, err = dayParameter("posted_from", in.From, 0); err != nil {
		return nil, err
	}
	if f.To, err = dayParameter("posted_to", in.To, 0); err != nil {
		return nil, err
	}
	name := fmt.Sprintf("notices|%q|%q|%q|%q|%q", in.Region, in.RegionOn, in.State, in.From, in.To)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.Notice, string, error) {
		return s.Reads.Notices.List(ctx, f, p)
	})
}

func (s *server) notice(ctx context.Context, in *struct {
	Notice string `path:"notice" doc:"公示单编号"`
	Current
	Waiting
}) (*answer[projections.NoticeSheet], error) {
	if s.Reads.Notices == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.NoticesName); err != nil {
		return nil, err
	}
	if err := isID(in.Notice, policy.PaperUnknown); err != nil {
		return nil, err
	}
	sheet, err := s.Reads.Notices.Get(ctx, in.Notice, s.today())
	a := answerOf(sheet)
	a.ETag = etag(sheet.Version)
	return a, err
}

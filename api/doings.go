package api

import (
	"context"
	"fmt"

	"shouwang/projections"
)

// doings serves what one person did and typed.
func (s *server) doings() {
	get(s.about("历史"), "/people/{person}/doings", "list-doings", "一个人经办和录入的全部记录，两者分开，按录入先后", s.listDoings)
}

func (s *server) listDoings(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64" doc:"人员编号"`
	Which  string `query:"which" enum:"done,typed" doc:"只要经办的(done)或录入的(typed)；不填为两者"`
	Times
	Paging
	Waiting
}) (*answer[page[projections.Doing]], error) {
	if s.Reads.Doings == nil {
		return nil, unavailable()
	}
	if _, found := s.lastRegion(in.Person); !found {
		return nil, newProblem(readNotFound, "没有这个人的任职")
	}
	if err := in.shown(ctx, s, projections.DoersName); err != nil {
		return nil, err
	}
	asked, err := in.asked(s.Handler.Clock())
	if err != nil {
		return nil, err
	}
	filter := projections.DoingFilter{Person: in.Person, Which: in.Which, Times: in.times(asked)}
	name := fmt.Sprintf("doings|%q|%q|%q|%q", in.Person, in.Which, in.AsOf, in.KnownAt)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.Doing, string, error) {
		found, _, next, err := s.Reads.Doings.List(ctx, filter, p, false)
		return found, next, err
	})
}

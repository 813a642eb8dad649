package api

import (
	"context"

	"shouwang/domain/code"
)

// NamedList is a code list under its name.
type NamedList struct {
	Name  string    `json:"name"`
	Codes code.List `json:"codes"`
}

// codes serves the code lists; the same stand in the schemas of the fields.
func (s *server) codes() {
	g := s.about("代码表")
	get(g, "/codes", "list-codes", "全部代码表", func(context.Context, *struct{}) (*answer[list[NamedList]], error) {
		return answerOf(list[NamedList]{codeLists}), nil
	})
	get(g, "/codes/{list}", "get-codes", "一个代码表", func(_ context.Context, in *struct {
		List string `path:"list"`
	}) (*answer[NamedList], error) {
		for _, l := range codeLists {
			if l.Name == in.List {
				return answerOf(l), nil
			}
		}
		return nil, newProblem(readNotFound, "没有这个代码表")
	})
}

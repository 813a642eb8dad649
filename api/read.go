package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// answer is what a question is answered with.
type answer[T any] struct {
	ETag string `header:"ETag" doc:"档案版本；办理时用作If-Match"`
	Body T
}

func answerOf[T any](v T) *answer[T] { return &answer[T]{Body: v} }

// list is a list that is never paged.
type list[T any] struct {
	Items []T `json:"items"`
}

// get registers a question. It stands under base.
func get[I, O any](sub subject, path, id, summary string, ask func(context.Context, *I) (*O, error)) {
	s := sub.server
	huma.Register(s.huma, huma.Operation{
		Method: http.MethodGet, Path: base + path, OperationID: id, Summary: summary, Tags: []string{sub.tag}, Responses: refusals(s),
		RejectUnknownQueryParameters: true,
	}, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, readTime)
		defer cancel()
		out, err := ask(ctx, in)
		if err != nil {
			return nil, s.problemOf(ctx, err)
		}
		return out, nil
	})
	s.routes = append(s.routes, route{http.MethodGet, base + path, ""})
}

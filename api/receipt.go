package api

import (
	"context"

	"shouwang/eventlog"
	"shouwang/projections"
)

// Followers are projections.Followers as the API needs them.
type Followers interface {
	Receipt(at eventlog.Position) projections.Receipt
	Await(ctx context.Context, model string, receipt projections.Receipt) error
	Ready(ctx context.Context) error
	Status(ctx context.Context) ([]projections.Status, error)
}

// Waiting is the part of a question that waits for one's own act to be shown.
type Waiting struct {
	Query  string `query:"receipt" maxLength:"200" doc:"回执：等到所登记的内容显示为止（至多2秒）"`
	Header string `header:"Shouwang-Receipt" maxLength:"200" doc:"回执，同receipt"`
}

// shown returns once the read model shows what the receipt stands for.
func (w Waiting) shown(ctx context.Context, s *server, model string) error {
	receipt := w.Query
	if receipt == "" {
		receipt = w.Header
	}
	if receipt == "" {
		return nil
	}
	if s.Followers == nil {
		return newProblem(readUnavailable, "")
	}
	return s.Followers.Await(ctx, model, projections.Receipt(receipt))
}

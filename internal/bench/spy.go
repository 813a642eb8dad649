package bench

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
)

// spy notes what is sent to the server.
type spy struct {
	mu      sync.Mutex
	on      bool
	noticed []statement
}

// statement is what the program sent, with its parameters.
type statement struct {
	sql  string
	args []any
}

// TraceQueryStart implements pgx.QueryTracer.
func (s *spy) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.on {
		s.noticed = append(s.noticed, statement{data.SQL, data.Args})
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (s *spy) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (s *spy) during(do func() error) ([]statement, error) {
	s.set(true)
	err := do()
	s.set(false)
	return s.noticed, err
}

func (s *spy) set(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on = on
	if on {
		s.noticed = nil
	}
}

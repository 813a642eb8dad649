package projections

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// sums adds up contributions to one totals table.
type sums struct {
	width int
	rows  map[string]*sumRow
	key   []byte // of the contribution under way
}

type sumRow struct {
	by []string
	n  []int64
}

func newSums(width int) *sums { return &sums{width: width, rows: map[string]*sumRow{}} }

// adder returns an Add that counts every contribution sign times.
func (s *sums) adder(sign int64) Add {
	return func(by []string, n ...int64) {
		if len(n) != s.width {
			panic(fmt.Sprintf("%d sums added where there are %d", len(n), s.width))
		}
		s.key = s.key[:0]
		for i, text := range by {
			by[i] = storable(text)
			s.key = append(append(s.key, by[i]...), 0)
		}
		row := s.rows[string(s.key)]
		if row == nil {
			row = &sumRow{by: slices.Clone(by), n: make([]int64, s.width)}
			s.rows[string(s.key)] = row
		}
		for i := range n {
			row.n[i] += sign * n[i]
		}
	}
}

// merge adds what others have summed.
func (s *sums) merge(more *sums) {
	for key, row := range more.rows {
		if have := s.rows[key]; have != nil {
			for i, n := range row.n {
				have.n[i] += n
			}
			continue
		}
		s.rows[key] = row
	}
}

// changed returns the rows that are not all zero, in the order of their keys.
func (s *sums) changed() []*sumRow {
	var rows []*sumRow
	for _, row := range s.rows {
		if slices.ContainsFunc(row.n, func(n int64) bool { return n != 0 }) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b *sumRow) int { return slices.Compare(a.by, b.by) })
	return rows
}

// queue adds the changes to a totals table.
func (t *Totals[S]) queue(batch *pgx.Batch, schema string, s *sums) {
	rows := s.changed()
	if len(rows) == 0 {
		return
	}
	args := make([]any, 0, len(t.By)+len(t.Sums))
	for i := range t.By {
		column := make([]string, len(rows))
		for j, row := range rows {
			column[j] = row.by[i]
		}
		args = append(args, column)
	}
	for i := range t.Sums {
		column := make([]int64, len(rows))
		for j, row := range rows {
			column[j] = row.n[i]
		}
		args = append(args, column)
	}
	add, clear := t.statements(schema)
	batch.Queue(add, args...)
	batch.Queue(clear, args[:len(t.By)]...)
}

// statements adds to the rows of a totals table and removes those that came to
// nothing.
func (t *Totals[S]) statements(schema string) (add, clear string) {
	table := schema + "." + t.Name
	var values, keys, set, zero, same []string
	for i, by := range t.By {
		keys = append(keys, fmt.Sprintf("$%d::text[]", i+1))
		same = append(same, fmt.Sprintf("t.%s = k.%s", by, by))
	}
	values = slices.Clone(keys)
	for i, sum := range t.Sums {
		values = append(values, fmt.Sprintf("$%d::bigint[]", len(t.By)+i+1))
		set = append(set, fmt.Sprintf("%s = t.%s + excluded.%s", sum, sum, sum))
		zero = append(zero, fmt.Sprintf("t.%s = 0", sum))
	}
	by := strings.Join(t.By, ", ")
	add = fmt.Sprintf("insert into %s as t (%s) select * from unnest(%s) on conflict (%s) do update set %s",
		table, strings.Join(t.columns(), ", "), strings.Join(values, ", "), by, strings.Join(set, ", "))
	clear = fmt.Sprintf("delete from %s t using unnest(%s) k (%s) where %s and %s",
		table, strings.Join(keys, ", "), by, strings.Join(same, " and "), strings.Join(zero, " and "))
	return add, clear
}

func (t *Totals[S]) columns() []string { return slices.Concat(t.By, t.Sums) }

// encode returns the rows that are not all zero for a COPY.
func (t *Totals[S]) encode(s *sums) ([]byte, error) {
	w := &Rows{columns: len(t.By) + len(t.Sums)}
	for _, row := range s.changed() {
		w.stream = row.by[0] // the first column
		w.Row()
		for _, by := range row.by[1:] {
			w.Text(by)
		}
		for _, n := range row.n {
			w.Int8(n)
		}
	}
	w.finish()
	return w.buf, w.err
}

//go:build linux

package sealing

import (
	"fmt"
	"sync/atomic"
	"testing"

	"shouwang/internal/pgtest"
)

// New households per second, durable: alone, and 64 callers sharing commits.
func BenchmarkForNewSubjects(b *testing.B) {
	db := pgtest.Durable(b)
	keys := open(b, db.Pool(b, db.App(), nil), MasterKeyFile(b.TempDir(), ""))
	var next atomic.Int64
	create := func(b *testing.B) {
		if _, err := keys.For(b.Context(), fmt.Sprintf("household-%d", next.Add(1))); err != nil {
			b.Error(err)
		}
	}
	b.Run("alone", func(b *testing.B) {
		for range b.N {
			create(b)
		}
	})
	b.Run("64", func(b *testing.B) {
		b.SetParallelism(32) // times two processors
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				create(b)
			}
		})
	})
}

package pglog

import (
	"runtime"
	"sync"
)

// queue hands over everything that has come since the last time: whoever takes
// from it never waits for a batch to fill, but lets those go first who can go at
// once. Who was just answered often has more to append, and so few writers share
// a commit as well as many do.
type queue[T any] struct {
	mu     sync.Mutex
	items  []T
	came   chan struct{} // holds one token while there may be items
	closed bool
}

func newQueue[T any]() *queue[T] { return &queue[T]{came: make(chan struct{}, 1)} }

func (q *queue[T]) push(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.signal()
}

func (q *queue[T]) signal() {
	select {
	case q.came <- struct{}{}:
	default:
	}
}

// take waits for items and returns at most limit of them; nil means that the
// queue is closed and empty.
func (q *queue[T]) take(limit int) []T {
	runtime.Gosched()
	for {
		q.mu.Lock()
		if n := min(len(q.items), limit); n > 0 {
			items := q.items[:n:n]
			q.items = q.items[n:]
			more := len(q.items) > 0
			q.mu.Unlock()
			if more {
				q.signal()
			}
			return items
		}
		closed := q.closed
		q.mu.Unlock()
		if closed {
			return nil
		}
		<-q.came
	}
}

// more returns at most limit further items without waiting, up to the first
// that does not fit.
func (q *queue[T]) more(limit int, fits func(T) bool) []T {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := 0
	for n < min(len(q.items), limit) && fits(q.items[n]) {
		n++
	}
	items := q.items[:n:n]
	q.items = q.items[n:]
	return items
}

// close lets take return nil once the queue is empty.
func (q *queue[T]) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
}

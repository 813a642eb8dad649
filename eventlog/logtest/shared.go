package logtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

// A writing process learns by its environment what to do.
const (
	addressVar = "LOGTEST_ADDRESS"
	nameVar    = "LOGTEST_WRITER"
)

const (
	writingProcesses    = 3
	appendersPerProcess = 8
	appendsEach         = 40
)

var sharedTests = []test{
	{"three processes write without loss, gap or disorder", func(l *log) {
		l.needs("Shared", l.Capabilities().Shared)
		followers := l.follow(2)
		acknowledged := make([][]eventlog.ID, writingProcesses+1)
		together(l.T, writingProcesses+1, func(p int) {
			var err error
			if p == writingProcesses { // this process writes as well
				err = write(l.ctx, l.Log, "here", func(id eventlog.ID) { acknowledged[p] = append(acknowledged[p], id) })
			} else {
				acknowledged[p], err = runWriter(l.ctx, l.address, fmt.Sprintf("process-%d", p))
			}
			if err != nil {
				l.Errorf("writing process %d: %v", p, err)
			}
		})
		all := l.all(eventlog.Position{}, eventlog.Everything)
		for _, f := range followers {
			f.saw(all)
		}
		stored, versions := map[eventlog.ID]int{}, map[string]eventlog.Version{}
		for _, r := range all {
			stored[r.ID]++
			if versions[r.Stream]++; r.Version != versions[r.Stream] {
				l.Fatalf("%s goes from version %d to %d", r.Stream, versions[r.Stream]-1, r.Version)
			}
		}
		for p, ids := range acknowledged {
			if want := 2 * appendersPerProcess * appendsEach; len(ids) != want {
				l.Errorf("process %d was acknowledged %d events, want %d", p, len(ids), want)
			}
			for _, id := range ids {
				if stored[id] != 1 {
					l.Fatalf("an event acknowledged to process %d is stored %d times", p, stored[id])
				}
			}
		}
		if want := (writingProcesses + 1) * 2 * appendersPerProcess * appendsEach; len(all) != want {
			l.Errorf("the log holds %d records, want %d", len(all), want)
		}
		l.forward()
	}},
	{"two logs in turn at one stream", func(l *log) {
		l.needs("Shared", l.Capabilities().Shared)
		logs := []eventlog.Log{l.Log, l.open(), l.open()}
		var want []eventlog.Event
		for v := range eventlog.Version(30) {
			e := event(fmt.Sprint(v))
			if _, err := logs[int(v)%3].Append(l.ctx, "household-a", v, []eventlog.Event{e}); err != nil {
				l.Fatalf("append at %d: %v", v, err)
			}
			want = append(want, e)
			// A log that has not heard of it yet must neither accept nor misreport.
			for _, other := range logs {
				_, err := other.Append(l.ctx, "household-a", v, events(1))
				var conflict *eventlog.ConflictError
				if !errors.As(err, &conflict) || conflict.Actual != v+1 {
					l.Fatalf("append at %d again: %v", v, err)
				}
				if at, err := other.Append(l.ctx, "household-a", v, []eventlog.Event{e}); err != nil || !at.Repeated {
					l.Fatalf("repeat at %d: %+v, %v", v, at, err)
				}
			}
		}
		l.holds("household-a", want...)
	}},
}

// write appends two events at a time, to streams of its own and to one that
// everybody wants, and reports what is acknowledged.
func write(ctx context.Context, l eventlog.Log, name string, acknowledged func(eventlog.ID)) error {
	done := make(chan []eventlog.ID)
	failed := make(chan error)
	for a := range appendersPerProcess {
		go func() {
			for i := range appendsEach {
				es := events(2)
				var err error
				if i%8 == 0 {
					err = insist(ctx, l, "household-shared", es...)
				} else {
					_, err = l.Append(ctx, fmt.Sprintf("household-%s-%d-%d", name, a, i/8), eventlog.Version((i%8-1)*2), es)
				}
				if err != nil {
					failed <- err
					return
				}
				done <- []eventlog.ID{es[0].ID, es[1].ID}
			}
			failed <- nil
		}()
	}
	var errs []error
	for n := 0; n < appendersPerProcess; {
		select {
		case ids := <-done:
			for _, id := range ids {
				acknowledged(id)
			}
		case err := <-failed:
			errs = append(errs, err)
			n++
		}
	}
	return errors.Join(errs...)
}

// runWriter starts this test binary again as a writing process and returns
// what it was acknowledged.
func runWriter(ctx context.Context, address, name string) ([]eventlog.ID, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the test binary: %w", err)
	}
	cmd := exec.CommandContext(ctx, self, "-test.run=^$")
	cmd.Env = append(os.Environ(), addressVar+"="+address, nameVar+"="+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var ids []eventlog.ID
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	for lines.Scan() {
		if id, err := uuid.Parse(lines.Text()); err == nil {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// WriterProcess must be called first in TestMain. In a process that the suite
// started as a writer it writes, prints what was acknowledged and exits; in
// every other process it returns at once.
func WriterProcess(open func(ctx context.Context, address string, clock func() time.Time) (eventlog.Log, error)) {
	address, ok := os.LookupEnv(addressVar)
	if !ok {
		return
	}
	if err := writeAs(address, os.Getenv(nameVar), open); err != nil {
		fmt.Fprintf(os.Stderr, "writing process %s: %v\n", os.Getenv(nameVar), err)
		os.Exit(1)
	}
	os.Exit(0)
}

func writeAs(address, name string, open func(context.Context, string, func() time.Time) (eventlog.Log, error)) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l, err := open(ctx, address, time.Now)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	out := bufio.NewWriter(os.Stdout)
	err = write(ctx, l, name, func(id eventlog.ID) { _, _ = fmt.Fprintln(out, id) })
	return errors.Join(err, l.Close(), out.Flush())
}

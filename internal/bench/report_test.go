package bench

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/internal/pgtest"
)

func TestARatioIsJudgedWithTheNoiseOfASharedMachine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ratio, reach float64
		atMost       bool
		want         Result
	}{
		{1.2, 1.2, false, Met}, {1.19, 1.2, false, Near}, {0.97, 1.2, false, Near}, {0.95, 1.2, false, Missed},
		{0.3, 0.333, true, Met}, {0.39, 0.333, true, Near}, {0.41, 0.333, true, Missed}, {7, 0, false, ""},
	} {
		row := Row{Ratio: c.ratio, Reach: c.reach, AtMost: c.atMost}
		row.judge()
		if row.Result != c.want {
			t.Errorf("%v of %v (at most: %v): %q, want %q", c.ratio, c.reach, c.atMost, row.Result, c.want)
		}
	}
}

func TestRatiosAreOfNeighbours(t *testing.T) {
	t.Parallel()
	r := &run{Config: Config{Found: func(Row) {}}, report: &Report{}}
	// The machine got four times slower after the first round; the ratio did not.
	r.add(Row{Unit: unitEvents, Reach: 2}, []sample{{value: 400}, {value: 100}, {value: 110}}, []sample{{value: 200}, {value: 50}, {value: 50, others: 0.5}})
	row := r.report.Rows[0]
	if row.Ratio != 2 || row.Result != Met || row.Value != 110 || row.BesideValue != 50 || !slices.Equal(row.Ratios, []float64{2, 2, 2.2}) {
		t.Errorf("%+v", row)
	}
}

func TestTheQuietestRoundsCount(t *testing.T) {
	t.Parallel()
	round := func(others float64) []sample { return []sample{{others: 0.01}, {others: others}} }
	kept := quietest([][]sample{round(0.9), round(0.02), round(0.4), round(0.03)}, 2)
	if len(kept) != 2 || kept[0][1].others != 0.02 || kept[1][1].others != 0.03 {
		t.Errorf("%+v", kept)
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(100-i))
	}
	if s := summarise(hundred); s.p50 != 50 || s.p99 != 99 || s.count != 100 {
		t.Errorf("%+v", s)
	}
	if s := summarise(nil); s.p99 != 0 {
		t.Errorf("of nothing: %+v", s)
	}
}

// A process that has ended still counts as ours: its time is in ours.
func TestTheTimeOfOurChildrenIsOurs(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/stat"); err != nil {
		t.Skip("no /proc here")
	}
	m := newMeter(0)
	before, err := m.read()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
	if err := child.Run(); err != nil {
		t.Fatal(err)
	}
	after, err := m.read()
	if err != nil {
		t.Fatal(err)
	}
	used := child.ProcessState.UserTime() + child.ProcessState.SystemTime()
	if ours := time.Duration(after.ours-before.ours) * tick; ours+2*tick < used.Truncate(tick) {
		t.Errorf("a child used %v, of which %v are ours", used, ours)
	}
	u, earlier := usage{all: 200, busy: 90, stolen: 6, ours: 60, others: 14}, usage{all: 100, busy: 50, stolen: 1, ours: 40, others: 4}
	if others, unknown := u.othersSince(earlier), u.unknownSince(earlier); others != 0.15 || unknown != 0.1 {
		t.Errorf("others used %v of the machine, nobody %v", others, unknown)
	}
}

func TestInventedLivesAreWholeAndInOrder(t *testing.T) {
	t.Parallel()
	l, err := newLives(600, eventsPerLife, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string][]household.Fact{}
	ids := map[eventlog.ID]string{}
	voids, last := 0, time.Time{}
	for r, err := range l.all(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := eventlog.CheckImported(r); err != nil {
			t.Fatal(err)
		}
		if r.RecordedAt.Before(last) || ids[r.ID] != "" {
			t.Fatalf("%s: an id or a time comes twice or goes back", r.Stream)
		}
		last, ids[r.ID] = r.RecordedAt, r.Stream
		e, err := wire.Household(r.Type, r.Data, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := wire.DecodeMeta(r.Meta)
		if err != nil {
			t.Fatal(err)
		}
		if v, is := e.(household.FactVoided); is {
			voids++
			if ids[uuid.MustParse(v.Event)] != r.Stream {
				t.Errorf("%s voids what is not its own", r.Stream)
			}
		}
		facts[r.Stream] = append(facts[r.Stream], household.Fact{ID: r.ID.String(), Version: int64(len(facts[r.Stream]) + 1), Act: a, Recorded: r.RecordedAt, Event: e})
	}
	if len(facts) != l.households || len(ids) != l.events() || voids == 0 {
		t.Errorf("%d households, %d events, %d voids", len(facts), len(ids), voids)
	}
	monitored, regions := 0, map[string]bool{}
	for stream, file := range facts {
		s := household.Fold(strings.TrimPrefix(stream, "household-"), file, household.Times{})
		if len(file) != eventsPerLife || len(s.Members) < 2 || s.FileNo == "" {
			t.Errorf("%s has %d events and %d members", stream, len(file), len(s.Members))
		}
		regions[s.Region[:6]] = true
		if s.Stage() == household.StageMonitored {
			monitored++
		}
	}
	if monitored < l.households/10 || len(regions) != counties {
		t.Errorf("%d monitored in %d counties", monitored, len(regions))
	}
	directory := office.NewDirectory()
	for e := range places() {
		directory.Apply(e)
	}
	asked := regionsOf(directory, 3)
	if len(asked) != 1+townships*(1+villages) {
		t.Errorf("a county of %d places", len(asked))
	}
	for stream := range facts {
		if region := facts[stream][0].Event.(household.HouseholdRegistered).Region; strings.HasPrefix(region, countyCode(3)) != slices.Contains(asked, region) {
			t.Errorf("%s is asked for wrongly", region)
		}
	}
}

// What a follower missed, saw twice or in the wrong order is counted.
func TestAFollowerNoticesWhatIsWrong(t *testing.T) {
	t.Parallel()
	record := func(pos uint64, stream string, version eventlog.Version) eventlog.Record {
		return eventlog.Record{Stream: stream, Version: version, Position: eventlog.Position{Commit: pos}}
	}
	for name, c := range map[string]struct {
		records []eventlog.Record
		wrong   int64
	}{
		"in order":     {[]eventlog.Record{record(1, "a", 1), record(2, "b", 1), record(3, "a", 2)}, 0},
		"one missed":   {[]eventlog.Record{record(1, "a", 1), record(3, "a", 3)}, 1},
		"one twice":    {[]eventlog.Record{record(1, "a", 1), record(1, "a", 1)}, 1},
		"the late one": {[]eventlog.Record{record(2, "b", 1), record(1, "a", 1)}, 1},
	} {
		f := newTailFollower(nil, eventlog.Position{})
		for _, r := range c.records {
			f.take(r)
		}
		if f.wrong != c.wrong || f.seen != int64(len(c.records)) {
			t.Errorf("%s: %d wrong of %d, want %d", name, f.wrong, f.seen, c.wrong)
		}
	}
}

// pgbench must ask for the same rows as the program did.
func TestAStatementAsAScriptFindsTheSame(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	many := make([]string, 12)
	for i := range many {
		many[i] = base64.StdEncoding.EncodeToString([]byte{byte(i)})
	}
	for _, s := range []statement{
		{sql: "select $1::text || $2::text\n\t|| ($3::text[])[12] || $4::int", args: []any{"it's", "$1", many, 7}},
		{sql: "select @b::text || @a::text", args: []any{pgx.NamedArgs{"a": "第一", "b": "第二"}}},
	} {
		var want, got string
		if err := pool.QueryRow(t.Context(), s.sql, s.args...).Scan(&want); err != nil {
			t.Fatal(err)
		}
		script, err := s.script()
		if err != nil {
			t.Fatal(err)
		}
		if err := pool.QueryRow(t.Context(), script).Scan(&got); err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%s", script, diff)
		}
	}
	if _, err := (statement{sql: "select $1", args: []any{3.5}}).script(); err == nil {
		t.Error("a parameter of an unknown type was written somehow")
	}
}

func TestAClientsFailureEndsTheMeasurement(t *testing.T) {
	t.Parallel()
	_, err := drive(t.Context(), 8, time.Minute, func(_ context.Context, client, n int) error {
		if client == 3 && n == 5 {
			return fmt.Errorf("client %d broke", client)
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "client 3 broke") {
		t.Errorf("got %v", err)
	}
}

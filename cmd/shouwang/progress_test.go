package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"shouwang/domain/calendar"
)

func TestProgressIsToldOfWhatTakesLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var stderr strings.Builder
		p := &program{stderr: &stderr}
		soon := p.progress("soon", 10)
		soon.at(5)
		<-time.After(time.Second) // the bubble's time, not ours
		soon.at(10)
		soon.end()
		if stderr.Len() > 0 {
			t.Errorf("what is done within a second was told: %s", &stderr)
		}
		long := p.progress("long", 0)
		for i := range 120 { // twelve seconds
			<-time.After(100 * time.Millisecond)
			long.of(int64(i+1), 120)
		}
		long.now("longer")
		long.at(120)
		long.end()
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		want := []string{"long … 16%", "long … 58%", "long … 100%", "longer … 100%", "longer … 完成 (done), 12.0 秒 (s)"}
		if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	})
}

func TestTheClockNeverStandsBehindTheRecord(t *testing.T) {
	t.Parallel()
	c := newClock()
	last := calendar.MustDay("2023-07-03").Start()
	c.set(func() time.Time { return last.Add(-time.Hour) })
	c.notBefore(last)
	if got := c.Now(); !got.Equal(last) {
		t.Errorf("set back an hour, it says %s", got)
	}
	c.set(func() time.Time { return last.Add(time.Hour) })
	c.notBefore(last)
	if got := c.Now(); !got.Equal(last.Add(time.Hour)) {
		t.Errorf("an hour later it says %s", got)
	}
}

func TestTimesOfAQuestion(t *testing.T) {
	t.Parallel()
	now := calendar.MustDay("2023-07-03").Start().Add(9 * time.Hour)
	for _, c := range []struct{ asOf, knownAt, day, instant string }{
		{"", "", "2023-07-03", "2023-07-03T01:00:00Z"},
		{"2023-06-30", "", "2023-06-30", "2023-07-03T01:00:00Z"},
		{"", "2023-05-03", "2023-07-03", "2023-05-03T15:59:59.999999Z"},
		{"", "2023-05-03T10:00:00+08:00", "2023-07-03", "2023-05-03T02:00:00Z"},
	} {
		f := timesFlags{c.asOf, c.knownAt}
		got, err := f.parse(now)
		if err != nil || got.AsOf.String() != c.day || got.KnownAt.Format(time.RFC3339Nano) != c.instant {
			t.Errorf("%+v: %s %s %v", c, got.AsOf, got.KnownAt.Format(time.RFC3339Nano), err)
		}
	}
}

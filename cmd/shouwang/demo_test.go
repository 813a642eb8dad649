package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shouwang/internal/localpg"
)

// halfYear is what the county reported for the first half of 2023.
const halfYear = `{"region":"629900","as_of":"2023-06-30","basis":{"persons":"at inclusion","households":"once, by first inclusion, class as first decided"},
 "cumulative":{"households":3879,"persons":14293,"by_class":{"unstable":{"households":1470,"persons":5528},"marginal":{"households":2181,"persons":7807},"sudden":{"households":228,"persons":958}}},
 "eliminated":{"decided":{"households":2600,"persons":9704},"announced":{"households":2525,"persons":9417},"marked":{"households":2525,"persons":9417},"rate_by_persons":0.6789,"rate_by_households":0.6703},
 "new":{"year":2023,"households":80,"persons":336,"by_class":{"unstable":{"households":6,"persons":30},"marginal":{"households":6,"persons":31},"sudden":{"households":68,"persons":275}}},
 "not_eliminated":{"households":1279,"persons":4589,"with_labour":1034,"without_labour":245},
 "eliminated_in_period":{"decided":{"households":75,"persons":287},"marked":{"households":0,"persons":0}},
 "measures":{"count":13755,"households":3879,"per_household":3.55},
 "income_line":7200,"demonstration":true}`

// The demonstration as a person meets it. The county is loaded once, with an
// interruption on the way, since that takes longest.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	interruptLoading(t, p)
	for _, args := range [][]string{{"report", "half-year"}, {"replay", "D01"}, {"serve", "--addr", "127.0.0.1:0"}} {
		p.fails(1, []string{"装载曾被中断", "shouwang demo --load-only"}, args...)
	}
	p.fails(1, []string{"示范县没有装载完"}, "doctor")

	s := p.start("demo")
	if status, body := get(t, s.address+"/readyz"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	demoUsersCome(t, p, s)
	events := recorded(t, p)
	t.Run("the report beside the server", func(t *testing.T) { reportsHalfYear(t, p.in(t)) })
	t.Run("files", func(t *testing.T) { replays(t, p.in(t)) })
	p.must("rebuild", "register", "report")
	if status := s.interrupt(); status != 0 {
		t.Errorf("Ctrl-C: exit code %d\n%s", status, s.stderr)
	}
	if !strings.Contains(s.stderr.String(), "中断") || !strings.Contains(s.stderr.String(), "虚构") {
		t.Errorf("the server does not say that it went on, or that all is invented:\n%s", s.stderr)
	}

	again := p.start("demo")
	if after := recorded(t, p); after != events {
		t.Errorf("the second start changed the record: %s, then %s", events, after)
	}
	again.interrupt()
	reportsHalfYear(t, p) // without a server
	p.must("demo", "--load-only")
}

// interruptLoading kills the first start in the middle.
func interruptLoading(t *testing.T, p *testPlace) {
	t.Helper()
	var stderr bytes.Buffer
	c := p.command("demo", "--load-only")
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	pg, err := localpg.Attach(t.Context(), p.data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close()
	conn, err := pgx.ConnectConfig(t.Context(), pg.App())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	waitFor(t, "some thousand records", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("the loading ended too soon: %v\n%s", err, &stderr)
		default:
		}
		var n int
		err := conn.QueryRow(t.Context(), "select count(*) from record.events").Scan(&n)
		return err == nil && n > 5000 // an error: the table is not there yet
	})
	p.fails(1, []string{"示范县正在装载"}, "report", "half-year")
	if err := c.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-ended
}

// recorded is what the doctor says of the record, and that nothing else is wrong.
func recorded(t *testing.T, p *testPlace) string {
	t.Helper()
	var d diagnosis
	if err := json.Unmarshal([]byte(p.must("doctor", "--json")), &d); err != nil || !d.OK || !d.Demonstration {
		t.Errorf("%v %+v", err, d)
	}
	for _, check := range d.Checks {
		if check.Name == "record" {
			return check.EN
		}
	}
	return ""
}

func reportsHalfYear(t *testing.T, p *testPlace) {
	t.Helper()
	var want, got map[string]any
	if err := json.Unmarshal([]byte(halfYear), &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(p.must("report", "half-year", "--region", "629900", "--as-of", "2023-06-30", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, onlyIn(want, got)); diff != "" {
		t.Errorf("the report differs (-want +got):\n%s", diff)
	}
	if text := p.must("report", "half-year", "--as-of", "2023-06-30"); !strings.Contains(text, "3879户14293人") || !strings.Contains(text, "67.89%") {
		t.Errorf("in words:\n%s", text)
	}
	if text := p.must("report", "half-year", "--as-of", "2023-06-30", "--persons", "current"); !strings.Contains(text, "截至当日计入") {
		t.Errorf("on the other basis:\n%s", text)
	}
}

// onlyIn keeps of got what want speaks about.
func onlyIn(want, got map[string]any) map[string]any {
	kept := map[string]any{}
	for key, value := range got {
		w, ok := want[key]
		if !ok {
			continue
		}
		inWant, isMap := w.(map[string]any)
		inGot, both := value.(map[string]any)
		if isMap && both {
			value = onlyIn(inWant, inGot)
		}
		kept[key] = value
	}
	return kept
}

func replays(t *testing.T, p *testPlace) {
	file := func(args ...string) replayed {
		t.Helper()
		var r replayed
		if err := json.Unmarshal([]byte(p.must(append([]string{"replay", "--json"}, args...)...)), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	whole := file("D01")
	if len(whole.Entries) < 10 || !whole.Demonstration || whole.State.FileNo == "" {
		t.Errorf("D01: %+v", whole)
	}
	for _, name := range []string{whole.ID, whole.State.FileNo, "d01"} {
		if other := file(name); other.ID != whole.ID || len(other.Entries) != len(whole.Entries) {
			t.Errorf("%s is not D01", name)
		}
	}
	// D03: the appraisal of 10 April was typed on 9 May.
	if before, after := file("D03", "--known-at", "2023-05-08"), file("D03", "--known-at", "2023-05-09"); len(before.Entries) >= len(after.Entries) {
		t.Errorf("D03 had %d entries on 8 May and %d on 9 May", len(before.Entries), len(after.Entries))
	}
	if early := file("D01", "--as-of", "2022-12-31"); len(early.Entries) >= len(whole.Entries) {
		t.Errorf("D01 in 2022 has %d entries of %d", len(early.Entries), len(whole.Entries))
	}
	// D12: an income was mistyped; what relied on it is listed.
	var voided int64
	for _, e := range file("D12").Entries {
		if e.Void {
			voided = e.Version
		}
	}
	r := file("D12", "--impact", fmt.Sprint(voided))
	if voided == 0 || r.Impact == nil || len(r.Impact.Entries) == 0 {
		t.Errorf("D12: entry %d, impact %+v", voided, r.Impact)
	}
	// The decision that included it: help, announcement and every later report.
	for _, e := range file("D12").Entries {
		if e.Type != "inclusion.decided.v1" {
			continue
		}
		text := p.must("replay", "--impact", e.ID)
		for _, want := range []string{"公示公告", "其他环节", "统计数据", "2023年上半年", "累计纳入户数：-1"} {
			if !strings.Contains(text, want) {
				t.Errorf("the impact of the decision on D12 does not say %s:\n%s", want, text)
			}
		}
	}
	p.fails(1, []string{"没有哪户档案"}, "replay", "--impact", uuid.Nil.String())
	p.fails(2, []string{"replay"}, "replay", "--impact", "5")
	if text := p.must("replay", "D12", "--impact", fmt.Sprint(voided)); !strings.Contains(text, "作废") || !strings.Contains(text, "其后各项") {
		t.Errorf("D12 in words:\n%s", text)
	}
	// G01: its sheet came down on day 4, which is found, and told last.
	if found := file("G01").Findings; len(found) != 1 || found[0].Rule != "impossible.notice" || len(whole.Findings) != 0 {
		t.Errorf("found in G01 %+v, in D01 %+v", found, whole.Findings)
	}
	if text := strings.TrimSpace(p.must("replay", "G01")); !strings.Contains(text[strings.LastIndex(text, "\n")+1:], "公示未满即审定") {
		t.Errorf("G01 in words:\n%s", text)
	}
	p.fails(1, []string{"没有这一户"}, "replay", "629900101201-NOBDY")
	p.fails(1, []string{"没有这一户"}, "replay", "D99")
	p.fails(1, []string{"没有这条记录"}, "replay", "D12", "--impact", "9999")
	p.fails(1, []string{"没有代码为1的地区"}, "report", "half-year", "--region", "1")
	p.fails(2, []string{"register"}, "rebuild", "nonsense")
}

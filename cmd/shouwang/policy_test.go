package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shouwang/domain/policy/packs"
	"shouwang/domain/policy/tell"
)

func TestPolicy(t *testing.T) {
	t.Parallel()
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	file := func(change string) string {
		name := filepath.Join(t.TempDir(), "pack.yaml")
		if err := os.WriteFile(name, []byte(strings.Replace(string(text), "days: 5\n", change, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	wrong := filepath.Join(t.TempDir(), "wrong.yaml")
	for _, c := range [][2]string{
		{"issuer:", "issued_by: x\nissuer:"}, {"capacities: [township_reviewer], basis: assumed", "capacities: [], basis: assumed"},
		{"{rule: notice.too-short, mode: flag", "{rule: notice.too-short, mode: block"},
	} {
		text = []byte(strings.Replace(string(text), c[0], c[1], 1))
	}
	lines := strings.Split(string(text), "\n")
	report, review := index(t, lines, "{step: village_report,"), index(t, lines, "{step: township_review,")
	lines[report], lines[review] = lines[review], lines[report]
	if err := os.WriteFile(wrong, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err = packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	same, longer, broken := file("days: 5\n"), file("days: 7\n"), file("days: soon\n")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"policy", "list"}, exitDone, "county-2023"},
		{[]string{"policy", "show", "jiaohe-2022"}, exitDone, "未定"},
		{[]string{"policy", "show", "nobody-1999"}, exitFailed, "jiaohe-2022"},
		{[]string{"policy", "check", same}, exitDone, "✓"},
		{[]string{"policy", "check", broken}, exitFailed, "✗"},
		{[]string{"policy", "show", broken}, exitFailed, "policy check"},
		{[]string{"policy", "diff", "county-2023", same}, exitDone, "没有差别"},
		{[]string{"policy", "diff", "county-2023", longer}, exitDone, "不少于7天"},
	} {
		if o := here(t, c.args...); o.status != c.status || !strings.Contains(o.stdout+o.stderr, c.says) {
			t.Errorf("%v: %+v", c.args, o)
		}
	}
	// Each fault with the line it stands on.
	o := here(t, "policy", "check", wrong)
	for _, want := range []string{
		said(index(t, lines, "issued_by:"), "field issued_by not found"), said(index(t, lines, "{step: township_review,"), "inclusion step township_review: who acts"),
		said(review, "inclusion: village_report cannot come after township_review"), said(index(t, lines, "notice.too-short, mode: block"), "guard notice.too-short: what is assumed may flag, never block"),
	} {
		if o.status != exitFailed || !strings.Contains(o.stdout, want) {
			t.Errorf("no %q in\n%s", want, o.stdout)
		}
	}
	// In plain Chinese, without the words of programs.
	if o := here(t, "policy", "show", "county-2023"); !strings.Contains(o.stdout, "规则：公示天数不足：提示。推定：公示天数为推定\n") || strings.Contains(o.stdout, "notice.too-short") {
		t.Errorf("%s", o.stdout)
	}
	var differences []tell.Difference
	o = here(t, "policy", "diff", "county-2023", longer, "--json")
	if err := json.Unmarshal([]byte(o.stdout), &differences); err != nil || len(differences) != 1 || differences[0].Key != "公示" {
		t.Errorf("%v %s", err, o.stdout)
	}
	var answer checked
	o = here(t, "policy", "check", broken, "--json")
	if err := json.Unmarshal([]byte(o.stdout), &answer); err != nil || answer.OK || len(answer.Errors) == 0 || o.status != exitFailed {
		t.Errorf("%v %s", err, o.stdout)
	}
}

// index is the place of the first line that has a text.
func index(t *testing.T, lines []string, has string) int {
	t.Helper()
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, has) })
	if at < 0 {
		t.Fatalf("no %q", has)
	}
	return at
}

// said is a fault as it is printed.
func said(at int, fault string) string { return fmt.Sprintf("✗ line %d: %s", at+1, fault) }

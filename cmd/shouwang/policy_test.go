package main

import (
	"encoding/json"
	"os"
	"path/filepath"
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
	var differences []tell.Difference
	o := here(t, "policy", "diff", "county-2023", longer, "--json")
	if err := json.Unmarshal([]byte(o.stdout), &differences); err != nil || len(differences) != 1 || differences[0].Key != "公示" {
		t.Errorf("%v %s", err, o.stdout)
	}
	var answer checked
	o = here(t, "policy", "check", broken, "--json")
	if err := json.Unmarshal([]byte(o.stdout), &answer); err != nil || answer.OK || len(answer.Errors) == 0 || o.status != exitFailed {
		t.Errorf("%v %s", err, o.stdout)
	}
}

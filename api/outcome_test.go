package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"shouwang/domain/policy"
)

// outcome is what became of an act, as an answer tells it: its own flags, those
// of its lines, and the first refusal of either.
type outcome struct {
	Rule  policy.Rule `json:"rule"`
	Cite  string      `json:"cite"`
	Flags []raised    `json:"flags"`
	Lines []struct {
		Rule  policy.Rule `json:"rule"`
		Cite  string      `json:"cite"`
		Flags []raised    `json:"flags"`
	} `json:"lines"`
}

type raised struct {
	Rule policy.Rule `json:"rule"`
}

func (s *script) outcome() (o outcome) {
	_ = json.Unmarshal([]byte(s.raw), &o) // what is no JSON says nothing
	for _, line := range o.Lines {
		o.Flags = append(o.Flags, line.Flags...)
		if o.Rule == "paper.lines-refused" {
			o.Rule, o.Cite = line.Rule, line.Cite
		}
	}
	return o
}

// flags are the rules flagged, each once, in order of their names.
func (o outcome) flags() string {
	var rules []string
	for _, f := range o.Flags {
		rules = append(rules, string(f.Rule))
	}
	slices.Sort(rules)
	return strings.Join(slices.Compact(rules), " ")
}

// told checks the three ways an act can end: done without a flag, recorded and
// flagged by exactly these rules, or refused by a rule, citing an article, with
// nothing written.
func (s *script) told(word, rest string) error {
	o := s.outcome()
	recorded := s.status == http.StatusCreated
	switch word {
	case "done":
		if !recorded || len(o.Flags) > 0 {
			return fmt.Errorf("not simply done: %s", o.flags())
		}
	case "flagged":
		if want := strings.Fields(rest); !recorded || o.flags() != strings.Join(want, " ") {
			return fmt.Errorf("flagged %q, want %q", o.flags(), rest)
		}
	case "refused":
		rule, cite, _ := strings.Cut(rest, " ")
		if s.status < 400 || s.wrote != 0 || string(o.Rule) != rule || o.Cite != cite {
			return fmt.Errorf("refused by %s, citing %q; want %s", o.Rule, o.Cite, rest)
		}
	}
	return nil
}

// photo uploads a picture and remembers what it is called.
func (s *script) photo(name string) error {
	at := attachmentsPath + "?place=" + url.QueryEscape("村委会") + "&captured_at=" + s.clock().Format("2006-01-02")
	up := s.request(http.MethodPost, at, nil, bytes.NewReader(photo(s.t, 8)))
	var info AttachmentInfo
	if err := json.Unmarshal(up.body, &info); err != nil || info.Hash == "" {
		return fmt.Errorf("upload %s: %d %s", name, up.status, up.body)
	}
	s.vars[name] = string(info.Hash)
	return nil
}

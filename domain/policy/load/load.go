// Package load reads packs from YAML, strictly.
package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"gopkg.in/yaml.v3"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxPack bounds the text of a pack: the longest source document would be 30 KiB.
const MaxPack = 256 << 10

// Parse reads a pack and refuses unknown keys, impossible orders, missing
// capacities, unknown codes and an assumed rule that blocks. Every error names
// its line where YAML gives one.
func Parse(text []byte) (policy.Pack, error) {
	var p policy.Pack
	if len(text) > MaxPack {
		return p, fmt.Errorf("a pack has at most %d bytes", MaxPack)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("read pack: %w", err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return p, errors.New("a pack is one document")
	}
	sum := sha256.Sum256(text)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, check(p)
}

func check(p policy.Pack) error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if p.Name == "" || p.Version == "" || p.ValidFrom == 0 || len(p.Sources) == 0 {
		bad("name, version, valid_from and sources are required")
	}
	for _, c := range p.Classes {
		if _, ok := code.Classes.Find(string(c)); !ok {
			bad("class %q is not known", c)
		}
	}
	if len(p.Classes) == 0 {
		bad("a pack names its classes")
	}
	for _, l := range p.IncomeLines {
		if l.Undetermined == (l.Yuan != 0) || l.Year < 2000 {
			bad("income line of %d: either yuan or undetermined", l.Year)
		}
	}
	for _, proc := range policy.Procedures.Codes() {
		checkSteps(policy.Procedure(proc), p.Steps(policy.Procedure(proc)), bad)
	}
	if p.Notice.Count != "calendar" && p.Notice.Count != "working" || p.Notice.Days < 1 {
		bad("notice: days from 1, count calendar or working")
	}
	checkBasis("notice", p.Notice.Basis, p.Notice.Cite, p.Notice.Reason, bad)
	if a := p.Appraisal; a.QuorumNumerator < 0 || a.QuorumDenominator < 1 || a.QuorumNumerator > a.QuorumDenominator {
		bad("appraisal: a quorum is a fraction of those entitled")
	}
	checkBasis("appraisal", p.Appraisal.Basis, p.Appraisal.Cite, p.Appraisal.Reason, bad)
	seen := map[policy.Rule]bool{}
	for _, g := range p.Guards {
		if _, ok := policy.Rules[g.Rule]; !ok || seen[g.Rule] {
			bad("guard %q is not known or stands twice", g.Rule)
		}
		seen[g.Rule] = true
		if g.Mode != policy.Block && g.Mode != policy.Flag {
			bad("guard %s: mode is block or flag", g.Rule)
		}
		if g.Basis == policy.Assumed && g.Mode == policy.Block {
			bad("guard %s: what is assumed may flag, never block", g.Rule)
		}
		checkBasis("guard "+string(g.Rule), g.Basis, g.Cite, g.Reason, bad)
	}
	return errors.Join(errs...)
}

func checkSteps(proc policy.Procedure, steps []policy.StepRule, bad func(string, ...any)) {
	if len(steps) == 0 {
		bad("%s: a pack states the steps of all three procedures", proc)
	}
	seen := map[policy.Step]int{}
	for i, s := range steps {
		if _, ok := policy.Steps.Find(string(s.Step)); !ok {
			bad("%s: step %q is not known", proc, s.Step)
		}
		if _, twice := seen[s.Step]; twice {
			bad("%s: step %s stands twice", proc, s.Step)
		}
		seen[s.Step] = i
		if len(s.Capacities) == 0 || s.Level == "" {
			bad("%s: step %s: who acts, at which level?", proc, s.Step)
		}
		for _, c := range s.Capacities {
			if _, ok := code.Capacities.Find(string(c)); !ok {
				bad("%s: step %s: capacity %q is not known", proc, s.Step, c)
			}
		}
		if s.Order != policy.Block && s.Order != policy.Flag {
			bad("%s: step %s: order is block or flag", proc, s.Step)
		}
		if s.Basis == policy.Assumed && s.Order == policy.Block {
			bad("%s: step %s: an assumed order may flag, never block", proc, s.Step)
		}
		checkBasis(string(proc)+" step "+string(s.Step), s.Basis, s.Cite, s.Reason, bad)
	}
	before := func(a, b policy.Step) {
		ia, oka := seen[a]
		ib, okb := seen[b]
		if oka && okb && ia > ib {
			bad("%s: %s cannot come after %s", proc, a, b)
		}
	}
	before(policy.TownshipReview, policy.CountyDecision)
	before(policy.VillageReport, policy.TownshipReview)
	before(policy.CountyDecision, policy.Announcement)
	before(policy.Announcement, policy.SystemMark)
}

func checkBasis(what string, b policy.Basis, cite, reason string, bad func(string, ...any)) {
	switch {
	case !slices.Contains([]policy.Basis{policy.Stated, policy.Assumed, policy.House}, b):
		bad("%s: basis is stated, assumed or house", what)
	case b == policy.Stated && cite == "":
		bad("%s: what is stated cites its article", what)
	case b == policy.Assumed && reason == "":
		bad("%s: what is assumed gives its reason", what)
	}
}

package demonstration

import (
	"fmt"
	"math/rand/v2"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/eventlog"
)

// home is a household of the county on its way through the plan.
type home struct {
	code      string // D01, or m0001 for those without a story
	id        string // of its stream
	village   *village
	group     string
	kind      code.Kind
	members   []household.Member
	able      bool // somebody can work
	random    *rand.Rand
	acts      int // entered in the diary so far: names their keys
	sheets    int
	visits    int
	measures  int
	told      bool // has a story
	ownSheets bool // whose incomes the story tells

	class code.Class
	in    entry
	out   outcome
	risks []code.Risk
	// round is the inclusion round for those that go through one.
	round *round
	// included is the day of the county's decision.
	included calendar.Day
}

// HouseholdID returns the stream id of the household with a code, such as D01:
// the same for a seed for ever.
func HouseholdID(seed int64, name string) string {
	return eventlog.DeriveID("demonstration", fmt.Sprintf("%d household %s", seed, name), 0).String()
}

// FileNo returns the number on the household's file.
func (h *home) fileNo() string { return household.FileNo(h.village.code, h.id) }

func (h *home) head() string { return h.members[0].Name }

func (h *home) persons() int { return len(h.members) }

// home invents a household.
func (b *builder) home(name string, v *village, kind code.Kind, persons int, able bool) *home {
	h := &home{code: name, id: HouseholdID(b.seed, name), village: v, kind: kind, able: able, random: chance(b.seed, name)}
	h.group = v.groups[h.random.IntN(len(v.groups))]
	h.members = family(v, persons, able, h.random)
	return h
}

// nextKey names the next act of a household.
func (h *home) nextKey() string {
	h.acts++
	return fmt.Sprintf("%s-%d", h.code, h.acts)
}

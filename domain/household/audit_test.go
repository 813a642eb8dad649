package household_test

import (
	"slices"
	"testing"

	"shouwang/domain/audit"
	"shouwang/domain/household"
)

// impossible names the rule by which a fact cannot have been, "" if it can.
func impossible(before []household.Fact, f household.Fact) string {
	for _, rule := range slices.Concat(audit.Impossible, audit.Unprepared) {
		if rule.Check(before, f) != "" {
			return rule.ID
		}
	}
	return ""
}

func TestNothingImpossibleUnderGuardsThatBlock(t *testing.T) {
	t.Parallel()
	household.NothingImpossibleUnderGuardsThatBlock(t, impossible)
}

func TestTheImpossibleIsNoticed(t *testing.T) {
	t.Parallel()
	household.TheImpossibleIsNoticed(t, impossible)
}

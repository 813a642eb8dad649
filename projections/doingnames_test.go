package projections_test

import (
	"strings"
	"testing"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/projections"
)

// Whatever is recorded outside the households' files and the accounts has a name
// for people, and nothing else has.
func TestDoingsHaveNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range wire.Names() {
		e, err := wire.Decode(name, []byte("{}"), nil)
		if err != nil {
			t.Fatal(err)
		}
		inFile := false
		switch e.(type) {
		case household.Event:
			inFile = name != "fact.voided.v1" // other streams share the name
		case account.Event, act.LogEvent:
			inFile = true
		}
		seen[name] = true
		if _, ok := projections.DoingNames.Find(name); ok == (inFile || strings.HasSuffix(name, ".flag_raised.v1")) {
			t.Errorf("%s: named %v", name, ok)
		}
	}
	for _, entry := range projections.DoingNames {
		if !seen[entry.Code] {
			t.Errorf("there is no %s", entry.Code)
		}
	}
}

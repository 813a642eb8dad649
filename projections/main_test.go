package projections_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// propertyRuns is how often each property is tried unless -rapid.checks says
// otherwise: every run follows and rebuilds a model in Postgres.
const propertyRuns = 15

func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		if err := flag.Set("rapid.checks", fmt.Sprint(propertyRuns)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

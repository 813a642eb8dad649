package house

import (
	"slices"
	"strings"
	"testing"
)

// layer is one rule of who may import whom inside the module. Imports point
// inward; the first layer that a file lies in decides. A folder means itself
// and what lies in it.
type layer struct {
	folder string
	may    []string // folders of ours
}

// The order matters: the narrower folder comes first.
var layers = []layer{
	{"domain/household", []string{"domain"}},
	{"domain", []string{"domain"}},
	{"eventlog", []string{"eventlog"}},
	{"migrations", nil},
	{"internal/localpg", nil},
	{"internal/pgtest", []string{"internal/localpg", "migrations"}},
	// It measures everything but the faces, which cmd hands it.
	{"internal/bench", []string{"domain", "eventlog", "migrations", "internal/localpg", "commands", "projections"}},
	{"internal/demonstration", []string{"domain", "eventlog", "commands", "projections"}},
	{"internal/smallcounty", []string{"domain"}},
	{"internal/esdbtest", []string{"internal/esdbtest"}},
	{"internal", nil},
	{"commands", []string{"domain", "eventlog", "commands", "projections"}},
	{"projections", []string{"domain", "eventlog", "projections", "commands/sealing"}},
	{"api", []string{"domain", "eventlog", "commands", "projections", "api"}},
	// cmd, and nobody else, sees everything.
	{"cmd", []string{"domain", "eventlog", "migrations", "internal/localpg", "internal/bench", "internal/demonstration", "commands", "projections", "api", "cmd"}},
}

func TestImportsPointInward(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		at := slices.IndexFunc(layers, func(l layer) bool { return f.in(l.folder) })
		if at < 0 {
			t.Errorf("%s: no rule says what it may import", f.path)
			continue
		}
		for _, imported := range f.imports {
			ours, is := strings.CutPrefix(imported, "shouwang/")
			// A test may set up what it needs, and test its own package.
			if !is || f.isTest {
				continue
			}
			if !slices.ContainsFunc(layers[at].may, func(folder string) bool { return within(ours, folder) }) {
				t.Errorf("%s imports %s: %s may import only %v of ours", f.path, imported, layers[at].folder, layers[at].may)
			}
		}
	}
}

func TestOnlyTestsUseTheTestDatabases(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if !f.isTest && !f.in("internal/pgtest") && slices.Contains(f.imports, "shouwang/internal/pgtest") {
			t.Errorf("%s is no test and imports the test databases", f.path)
		}
	}
}

// libraries are what the domain may take from outside the standard library, and
// where: bytes and files need a codec, cases do not.
var libraries = map[string][]string{
	"domain/household/wire": {"github.com/go-json-experiment/json", "github.com/goccy/go-json"},
	"domain/wire":           {"github.com/go-json-experiment/json", "github.com/goccy/go-json"},
	"domain/policy/load":    {"gopkg.in/yaml.v3"},
}

func TestTheDomainStandsOnTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if !f.in("domain") || f.isTest {
			continue
		}
		for _, imported := range f.imports {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") {
				continue // the standard library, or ours
			}
			allowed := false
			for folder, names := range libraries {
				allowed = allowed || f.in(folder) && slices.ContainsFunc(names, func(name string) bool { return within(imported, name) })
			}
			if !allowed {
				t.Errorf("%s imports %s", f.path, imported)
			}
		}
	}
}

func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// The client of KurrentDB is archived and has defects that must be stood before:
// nobody but its adapter may hold it. Its protocol's stubs are for the tests'
// server.
func TestOnlyTheAdapterHoldsTheClient(t *testing.T) {
	t.Parallel()
	const client = "github.com/EventStore/EventStore-Client-Go/v4"
	for _, f := range files(t) {
		for _, imported := range f.imports {
			switch {
			case !within(imported, client),
				imported == client+"/esdb" && f.in("eventlog/kurrentlog"),
				within(imported, client+"/protos") && f.in("internal/esdbtest"):
			default:
				t.Errorf("%s imports %s", f.path, imported)
			}
			if imported == "shouwang/internal/esdbtest" && !f.isTest && !f.in("internal/esdbtest") {
				t.Errorf("%s is no test and imports the tests' server", f.path)
			}
		}
	}
}

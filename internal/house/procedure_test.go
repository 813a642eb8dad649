package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statements are how many statements each of the source documents S0 to S4 makes.
var statements = []int{29, 41, 39, 10, 24}

// row is a statement of a source document and where the product keeps it.
type row struct {
	statement         string
	rules, file, test string // – where there is none
	state             string
}

// tree is what rows may name.
type tree struct {
	rules, tests map[string]bool
	exists       func(path string) bool
}

func TestEveryStatementOfTheSourcesIsAnswered(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "procedure.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults(string(text), thisTree(t)) {
		t.Errorf("docs/procedure.md: %s", fault)
	}
}

// What a pack cites must be a statement that somebody made.
func TestPacksCiteStatementsThatExist(t *testing.T) {
	t.Parallel()
	packs, err := filepath.Glob(filepath.Join("..", "..", "domain", "policy", "packs", "*.yaml"))
	if err != nil || len(packs) == 0 {
		t.Fatal("no packs", err)
	}
	known, cite := everyStatement(), regexp.MustCompile(`S[0-9]+\.[0-9]+`)
	for _, name := range packs {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cited := cite.FindAllString(string(text), -1)
		if len(cited) == 0 {
			t.Errorf("%s cites nothing", name)
		}
		for _, c := range cited {
			if !slices.Contains(known, c) {
				t.Errorf("%s cites %s, which no document has", name, c)
			}
		}
	}
}

// The test above must notice what is missing or stale.
func TestAWrongRowIsNoticed(t *testing.T) {
	t.Parallel()
	var sound strings.Builder
	for _, s := range everyStatement() {
		fmt.Fprintf(&sound, "| %s | it says | `order.dates` | `a.go` | `TestA` | built |\n", s)
	}
	here := tree{rules: map[string]bool{"order.dates": true}, tests: map[string]bool{"TestA": true}, exists: func(path string) bool { return path == "a.go" }}
	if got := faults(sound.String(), here); len(got) != 0 {
		t.Errorf("sound, but %v", got)
	}
	first := "| S0.1 | it says | `order.dates` | `a.go` | `TestA` | built |\n"
	for name, c := range map[string]struct{ instead, want string }{
		"missing":             {"", "S0.1 has no row"},
		"twice":               {first + first, "S0.1 has two rows"},
		"no such statement":   {first + strings.Replace(first, "S0.1", "S0.30", 1), "S0.30 is no statement"},
		"no such rule":        {strings.Replace(first, "order.dates", "order.colour", 1), "rule order.colour"},
		"no such file":        {strings.Replace(first, "a.go", "b.go", 1), "file b.go"},
		"no such test":        {strings.Replace(first, "TestA", "TestB", 1), "test TestB"},
		"built without test":  {strings.Replace(first, "`TestA`", "–", 1), "is built without"},
		"later, with a test":  {strings.Replace(first, "built", "later work: all", 1), "names what is not there"},
		"later, but not what": {"| S0.1 | it says | – | – | – | later work: |\n", "says nothing"},
		"another state":       {strings.Replace(first, "built", "nearly", 1), "state"},
		"a column short":      {strings.Replace(first, " | built", "", 1), "columns"},
		"nothing said":        {strings.Replace(first, "it says", "", 1), "S0.1 says nothing"},
	} {
		got := faults(strings.Replace(sound.String(), first, c.instead, 1), here)
		if !strings.Contains(strings.Join(got, "\n"), c.want) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func everyStatement() []string {
	var all []string
	for source, n := range statements {
		for i := range n {
			all = append(all, fmt.Sprintf("S%d.%d", source, i+1))
		}
	}
	return all
}

// faults lists what is wrong with the tables of the document.
func faults(text string, in tree) []string {
	var found []string
	bad := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	rows := map[string]int{}
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "| S") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows[cells[0]]++
		if len(cells) != 6 {
			bad("%s has %d columns", cells[0], len(cells))
			continue
		}
		if cells[1] == "" {
			bad("%s says nothing", cells[0])
		}
		for _, fault := range (row{cells[0], cells[2], cells[3], cells[4], cells[5]}).faults(in) {
			bad("%s: %s", cells[0], fault)
		}
	}
	known := everyStatement()
	for _, s := range known {
		switch {
		case rows[s] == 0:
			bad("%s has no row", s)
		case rows[s] > 1:
			bad("%s has two rows", s)
		}
	}
	for s := range rows {
		if !slices.Contains(known, s) {
			bad("%s is no statement of a source", s)
		}
	}
	return found
}

var quoted = regexp.MustCompile("`([^`]+)`")

func (r row) faults(in tree) []string {
	var found []string
	bad := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	missing := func(cell, what string, there func(string) bool) {
		for _, name := range quoted.FindAllStringSubmatch(cell, -1) {
			if !there(name[1]) {
				bad("there is no %s %s", what, name[1])
			}
		}
	}
	missing(r.rules, "rule", func(s string) bool { return in.rules[s] })
	missing(r.file, "file", in.exists)
	missing(r.test, "test", func(s string) bool { return in.tests[s] })
	none := func(cell string) bool { return !quoted.MatchString(cell) }
	state, reason, explained := strings.Cut(r.state, ":")
	switch state {
	case "built", "in part; later work":
		if none(r.file) || none(r.test) {
			bad("is %s without a file and a test", state)
		}
	case "later work", "not software":
		if !none(r.rules) || !none(r.file) || !none(r.test) {
			bad("names what is not there: %s", r.state)
		}
	default:
		bad("state %q is none of built, in part, later work and not software", r.state)
	}
	if (state != "built" || explained) && strings.TrimSpace(reason) == "" {
		bad("says nothing of what or why: %q", r.state)
	}
	return found
}

// thisTree finds the rules, tests and files of the module.
func thisTree(t *testing.T) tree {
	t.Helper()
	in := tree{rules: map[string]bool{}, tests: map[string]bool{}, exists: func(path string) bool {
		info, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(path)))
		return err == nil && info.Mode().IsRegular()
	}}
	for _, f := range files(t) {
		for _, d := range f.syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if f.isTest && d.Recv == nil && strings.HasPrefix(d.Name.Name, "Test") {
					in.tests[d.Name.Name] = true
				}
			case *ast.GenDecl:
				if f.path == "domain/policy/rules.go" && d.Tok == token.CONST {
					in.constants(d)
				}
			}
		}
	}
	if len(in.rules) == 0 || len(in.tests) == 0 {
		t.Fatal("no rules or no tests found")
	}
	return in
}

// constants takes the values of a group of rules.
func (in tree) constants(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		for _, v := range spec.(*ast.ValueSpec).Values {
			if text, ok := v.(*ast.BasicLit); ok {
				if rule, err := strconv.Unquote(text.Value); err == nil {
					in.rules[rule] = true
				}
			}
		}
	}
}

package house

import (
	"go/ast"
	"slices"
	"testing"
)

// worldly are the packages through which the world could reach the domain: what
// it decides must be the same in ten years, from the same facts.
var worldly = []string{
	"context", "crypto/rand", "database/sql", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http",
	"os", "os/exec", "runtime", "syscall", "testing", "time/tzdata", "unsafe",
}

// clocks are the parts of package time that look at a clock or at the machine's
// own time zone.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep", "Local", "LoadLocation"}

func TestTheDomainKnowsNoWorld(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if !f.in("domain") || f.isTest {
			continue
		}
		for _, imported := range f.imports {
			if slices.Contains(worldly, imported) {
				t.Errorf("%s imports %s", f.path, imported)
			}
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if name, is := clockOf(n); is {
				t.Errorf("%s uses time.%s: the time comes with the act", f.path, name)
			}
			return true
		})
	}
}

func clockOf(n ast.Node) (string, bool) {
	selector, is := n.(*ast.SelectorExpr)
	if !is {
		return "", false
	}
	of, is := selector.X.(*ast.Ident)
	if !is || of.Name != "time" || !slices.Contains(clocks, selector.Sel.Name) {
		return "", false
	}
	return selector.Sel.Name, true
}

// Nothing runs before main but what main can see.
func TestNoInit(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		for _, d := range f.syntax.Decls {
			if fn, is := d.(*ast.FuncDecl); is && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", f.path)
			}
		}
	}
}

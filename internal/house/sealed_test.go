package house

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// family is a sealed interface with the types that belong to it.
type family struct {
	folder, name, marker string
	members              []string
}

// families finds the interfaces marked //sumtype:decl and, by the marker method,
// their members.
func families(all []file) []family {
	var found []family
	for _, f := range all {
		for _, d := range f.syntax.Decls {
			decl, is := d.(*ast.GenDecl)
			if !is || decl.Doc == nil || !slices.ContainsFunc(decl.Doc.List, func(c *ast.Comment) bool { return c.Text == "//sumtype:decl" }) {
				continue
			}
			spec := decl.Specs[0].(*ast.TypeSpec)
			methods := spec.Type.(*ast.InterfaceType).Methods.List
			found = append(found, family{folder: f.folder, name: spec.Name.Name, marker: methods[0].Names[0].Name})
		}
	}
	for i := range found {
		for _, f := range all {
			if f.folder == found[i].folder {
				found[i].members = append(found[i].members, having(f, found[i].marker)...)
			}
		}
	}
	return found
}

// having lists the types of a file that have the method.
func having(f file, method string) []string {
	var names []string
	for _, d := range f.syntax.Decls {
		if fn, is := d.(*ast.FuncDecl); is && fn.Recv != nil && fn.Name.Name == method {
			names = append(names, typeName(fn.Recv.List[0].Type))
		}
	}
	return names
}

// typeName is the name of a type as a case or a receiver writes it, without
// package and star.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// A switch that lists most kinds of a family lists all of them, so that a new
// kind cannot be forgotten there. One that lists a few asks a question about
// those few.
func TestSwitchesOverSealedFamiliesAreComplete(t *testing.T) {
	t.Parallel()
	all := files(t)
	sealed := families(all)
	if len(sealed) == 0 {
		t.Fatal("no sealed interface found")
	}
	complete := 0
	for _, f := range all {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if s, is := n.(*ast.TypeSwitchStmt); is && !f.isTest {
				complete += checkSwitch(t, f, s, sealed)
			}
			return true
		})
	}
	if complete == 0 {
		t.Error("not one complete switch found: does this test still look in the right place?")
	}
}

func checkSwitch(t *testing.T, f file, s *ast.TypeSwitchStmt, sealed []family) (complete int) {
	t.Helper()
	listed := cases(s)
	for _, family := range sealed {
		// In its own package a kind stands bare, elsewhere after the package's name.
		if f.folder != family.folder && !slices.ContainsFunc(f.imports, func(i string) bool { return i == "shouwang/"+family.folder }) {
			continue
		}
		missing := slices.DeleteFunc(slices.Clone(family.members), func(m string) bool { return slices.Contains(listed, m) })
		if 2*len(missing) >= len(family.members) {
			continue
		}
		complete++
		if len(missing) > 0 {
			t.Errorf("%s: a switch over %s.%s forgets %s", f.path, family.folder, family.name, strings.Join(missing, ", "))
		}
	}
	return complete
}

func cases(s *ast.TypeSwitchStmt) (names []string) {
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			names = append(names, typeName(e))
		}
	}
	return names
}

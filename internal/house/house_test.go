// Package house holds no code, only tests of the house's own rules: who may
// import whom, what the domain may not touch, how long a file may be. The
// linters of .golangci.yml check more; these run wherever the tests run.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// file is one Go file of this module.
type file struct {
	path    string // from the module's folder, with slashes
	folder  string // of path
	isTest  bool
	lines   int
	syntax  *ast.File
	imports []string
}

func (f file) in(folder string) bool {
	return f.folder == folder || strings.HasPrefix(f.folder, folder+"/")
}

// generated says whether a program wrote the file from a template, which stands
// beside it.
func (f file) generated() bool { return strings.HasSuffix(f.path, "_templ.go") }

// module reads every Go file, once for all tests.
var module = sync.OnceValues(func() ([]file, error) {
	root := filepath.Join("..", "..")
	var files []file
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || entry.Name() == "data"):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		f, err := read(root, name)
		files = append(files, f)
		return err
	})
	return files, err
})

func read(root, name string) (file, error) {
	relative, err := filepath.Rel(root, name)
	if err != nil {
		return file{}, err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return file{}, err
	}
	f := file{path: filepath.ToSlash(relative), isTest: strings.HasSuffix(name, "_test.go"), lines: strings.Count(string(text), "\n")}
	f.folder = path.Dir(f.path)
	if f.syntax, err = parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return file{}, err
	}
	for _, spec := range f.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file{}, err
		}
		f.imports = append(f.imports, imported)
	}
	return f, nil
}

func files(t *testing.T) []file {
	t.Helper()
	all, err := module()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go files found")
	}
	return all
}

// Package packs has the texts of the packs that come with the program.
package packs

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Text returns the text of a pack by its name, such as "county-2023".
func Text(name string) ([]byte, error) {
	text, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("no pack is called %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return text, nil
}

// Names returns the names of all packs, sorted.
func Names() []string {
	var names []string
	entries, _ := fs.ReadDir(files, ".")
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

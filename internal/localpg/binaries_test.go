package localpg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// installation is a folder with programs that only know their version.
func installation(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %s'\n", version)
	if err := os.WriteFile(filepath.Join(dir, "postgres"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestWhichProgramsAreChosen(t *testing.T) {
	t.Parallel()
	ancient, older, newer, next := installation(t, "9.6.24"), installation(t, "14.2 (Debian 14.2-1)"), installation(t, "16.4"), installation(t, "18beta1")
	for _, c := range []struct {
		name    string
		dirs    []string
		written int
		want    string // "" = refused
	}{
		{"the newest for a new folder", []string{older, newer}, 0, newer},
		{"a beta has a number too", []string{newer, next}, 0, next},
		{"the one that wrote the folder", []string{newer, older}, 14, older},
		{"the first of the same version", []string{older, installation(t, "14.9")}, 14, older},
		{"none that wrote it", []string{newer, older}, 15, ""},
		{"too old to use", []string{ancient}, 0, ""},
		{"a folder without programs", []string{t.TempDir(), newer}, 0, newer},
		{"nothing installed", nil, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := choose(t.Context(), c.dirs, "data/pg", c.written)
			if got.dir != c.want || (err == nil) != (c.want != "") {
				t.Errorf("chose %q (%v), want %q", got.dir, err, c.want)
			}
		})
	}
}

func TestMissingProgramsNameTheCommand(t *testing.T) {
	t.Parallel()
	_, err := choose(t.Context(), nil, "data/pg", 0)
	var missing *MissingError
	if !errors.As(err, &missing) {
		t.Fatalf("got %v, want a *MissingError", err)
	}
	if missing.Command == "" || !strings.Contains(err.Error(), missing.Command) {
		t.Errorf("the error does not name the command: %v", err)
	}
}

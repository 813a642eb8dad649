package house

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// maxLines is where a file has more than one subject.
const maxLines = 400

// sayNothing are names that a colleague outside computing learns nothing from.
var sayNothing = []string{"util", "utils", "helper", "helpers", "common", "misc", "types", "models", "services"}

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if f.lines > maxLines && !f.generated() {
			t.Errorf("%s has %d lines, at most %d", f.path, f.lines, maxLines)
		}
	}
}

func TestNamesSaySomething(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		for part := range strings.SplitSeq(strings.TrimSuffix(f.path, ".go"), "/") {
			if slices.Contains(sayNothing, strings.TrimSuffix(part, "_test")) {
				t.Errorf("%s: the name %q says nothing", f.path, path.Base(part))
			}
		}
	}
}

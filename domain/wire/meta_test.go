package wire

import (
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
)

// Metadata is written out by hand; a field that is added and forgotten there
// must not be lost.
func TestMetadataIsWhatTheLibraryWouldWrite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Make[act.Act]().Draw(t, "act")
		a.Happened = calendar.Day(rapid.Int32Range(0, 800_000).Draw(t, "happened"))
		want, wantErr := json.Marshal(a)
		got, err := EncodeMeta(a)
		if (wantErr == nil) != (err == nil) {
			t.Fatalf("%v, the library says %v", err, wantErr)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Fatal(diff)
		}
	})
}

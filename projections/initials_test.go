package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"柳桂芳": {"LGF"}, "欧阳小娥": {"OYXE"}, "单小满": {"DXM", "CXM", "SXM"}, "柳长福": {"LZF", "LCF"}, "": nil, "阿Q": nil, "·": nil,
	} {
		if diff := cmp.Diff(want, initials(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for text, want := range map[string]bool{"LGF": true, "L": true, "": false, "柳": false, "123X": false, "X": true} {
		if isInitials(text) != want {
			t.Errorf("%q", text)
		}
	}
}

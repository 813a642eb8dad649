package load_test

import (
	"testing"

	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

func TestEveryPackIsSound(t *testing.T) {
	for _, name := range packs.Names() {
		text, err := packs.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := load.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if p.Name != name || len(p.SHA256) != 64 {
			t.Errorf("%s calls itself %s", name, p.Name)
		}
	}
}

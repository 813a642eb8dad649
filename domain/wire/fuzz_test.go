package wire

import (
	"bytes"
	"os"
	"testing"
)

// Whatever bytes stand in the record: decoding never panics, and what it reads
// it writes the same way from then on.
func FuzzDecode(f *testing.F) {
	for _, name := range Names() {
		data, err := os.ReadFile(sampleFile(name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	f.Add("visit.recorded.v1", []byte(`{"visit":1}`))
	f.Add("visit.recorded.v1", []byte(`{"visit":"a","visit":"b"}`))
	f.Add("household.registered.v1", []byte(`{"members":[{"birth":"2023-02-30"}]}`))
	f.Add("income.recorded.v1", []byte(`{"net_fen":1.5}`))
	f.Add("nothing.known.v1", []byte(`{}`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		e, err := Decode(name, data, nil)
		if err != nil {
			return
		}
		again, first, err := Encode(e, asIs{})
		if err != nil || again != name {
			t.Fatalf("%s was read and cannot be written: %v", name, err)
		}
		e, err = Decode(name, first, asIs{})
		if err != nil {
			t.Fatalf("cannot read %s again: %v", first, err)
		}
		if _, second, err := Encode(e, asIs{}); err != nil || !bytes.Equal(first, second) {
			t.Fatalf("written twice, differently: %v\n%s\n%s", err, first, second)
		}
		folds(t, e)
	})
}

func TestDecodeIsStrict(t *testing.T) {
	for name, data := range map[string]string{
		"a number for text":  `{"visit":1,"kind":"routine","note":"x"}`,
		"a key twice":        `{"visit":"a","visit":"b"}`,
		"a fraction of fen":  `{"fen":1.5}`,
		"an impossible day":  `{"due":"2023-02-30"}`,
		"not UTF-8":          "{\"note\":\"\xff\"}",
		"two values":         `{}{}`,
		"nothing":            ``,
		"no object":          `[]`,
		"an unfinished text": `{"note":"`,
	} {
		typ := "visit.recorded.v1"
		switch name {
		case "a fraction of fen":
			typ = "measure.delivered.v1"
		case "an impossible day":
			typ = "clue.dispatched.v1"
		}
		if e, err := Decode(typ, []byte(data), nil); err == nil {
			t.Errorf("%s was read as %+v", name, e)
		}
	}
	// A field that a later version added is passed over by this one.
	if _, err := Decode("visit.recorded.v1", []byte(`{"visit":"a","weather":"snow"}`), nil); err != nil {
		t.Error(err)
	}
	// Sealed for another field, it does not open.
	_, data, err := Encode(samples["sheet.objected.v1"], fixedSealer{})
	if err != nil {
		t.Fatal(err)
	}
	moved := bytes.Replace(data, []byte(`"objector"`), []byte(`"contact_"`), 1)
	moved = bytes.Replace(moved, []byte(`"contact":`), []byte(`"objector":`), 1)
	if e, err := Decode("sheet.objected.v1", moved, fixedSealer{}); err == nil {
		t.Errorf("a value sealed for one field opened in another: %+v", e)
	}
}

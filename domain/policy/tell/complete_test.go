package tell

import (
	"reflect"
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

// Whatever a pack states is said by show and told apart by diff: each value of
// each pack, changed alone, changes a sentence.
func TestEveryStatementOfAPackIsSaid(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		pack := read(t, name)
		said := Lines(pack)
		changeEach(reflect.ValueOf(&pack).Elem(), name, func(path string) {
			if slices.Equal(Lines(pack), said) {
				t.Errorf("%s is not said", path)
			}
		})
	}
}

func read(t *testing.T, name string) policy.Pack {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// Every statement has a key of its own: two packs are compared by them.
func TestStatementsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		pack := read(t, name)
		var keys []string
		for _, line := range Lines(pack) {
			if slices.Contains(keys, line.Key) {
				t.Errorf("%s says %s twice", name, line.Key)
			}
			keys = append(keys, line.Key)
		}
	}
}

// changeEach changes one value after another, asks, and puts it back.
func changeEach(v reflect.Value, path string, ask func(path string)) {
	if v.IsZero() {
		return // it states nothing
	}
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	changed := func() { ask(path); v.Set(old) }
	switch v.Kind() {
	case reflect.String:
		v.SetString(otherThan(v.String()))
		changed()
	case reflect.Bool:
		v.SetBool(!v.Bool())
		changed()
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(v.Int() + 1)
		changed()
	case reflect.Pointer:
		if !v.IsNil() {
			changeEach(v.Elem(), path, ask)
		}
	case reflect.Slice:
		for i := range v.Len() {
			changeEach(v.Index(i), path+"["+nameOf(v.Index(i))+"]", ask)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			// Months are named instead of how often.
			if months := v.FieldByName("Months"); f.Name == "Every" && months.Len() > 0 {
				continue
			}
			// The hash is said beside the sentences; a line's region is not the pack's.
			if f.Tag.Get("yaml") == "-" || !f.IsExported() {
				continue
			}
			changeEach(v.Field(i), path+"."+f.Name, ask)
		}
	}
}

// otherThan is another value: where a few words are known, another of them.
func otherThan(value string) string {
	switch value {
	case "calendar":
		return calendar.Working
	case string(policy.PerDepartment):
		return string(policy.PerRegion)
	case "month":
		return "week"
	}
	return value + "改"
}

func nameOf(v reflect.Value) string {
	if v.Kind() == reflect.Struct {
		for _, field := range []string{"Step", "Rule", "Code", "Kind", "Year", "Class"} {
			if f := v.FieldByName(field); f.IsValid() {
				if f.Kind() == reflect.String {
					return f.String()
				}
			}
		}
	}
	return ""
}

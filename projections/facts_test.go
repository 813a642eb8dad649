package projections

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// The fast reading of the day gives what the slow one gives, for every day.
func TestHappenedIsReadFast(t *testing.T) {
	t.Parallel()
	for day := calendar.MustDay("1800-01-01"); day <= calendar.MustDay("2200-12-31"); day++ {
		got, err := happened([]byte(fmt.Sprintf(`{"happened":"%s","mode":"performed"}`, day)))
		if err != nil || got != day {
			t.Fatalf("%s is read as %s (%v)", day, got, err)
		}
	}
	for _, meta := range []string{`{"mode":"performed","happened":"2023-04-10"}`, `{ "happened": "2023-04-10" }`} {
		if got, err := happened([]byte(meta)); err != nil || got != calendar.MustDay("2023-04-10") {
			t.Errorf("%s: %s, %v", meta, got, err)
		}
	}
	for _, meta := range []string{``, `{`, `{"happened":"2023-02-30"}`, `{"happened":"2023-4-1"}`, `{"happened":7}`} {
		if day, err := happened([]byte(meta)); err == nil {
			t.Errorf("%q is read as %s", meta, day)
		}
	}
}

// The fast decoder reads every kind of event as the careful one does.
func TestEventsAreReadFast(t *testing.T) {
	t.Parallel()
	for _, name := range wire.Names() {
		p, _ := wire.New(name)
		if _, ok := reflect.ValueOf(p).Elem().Interface().(household.Event); !ok {
			continue
		}
		fill(reflect.ValueOf(p).Elem(), 1)
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := wire.Household(name, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := householdEvent(eventlog.Record{Event: eventlog.Event{Type: name, Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %+v, want %+v", name, got, want)
		}
	}
}

// fill gives every field a value that differs from its zero value.
func fill(v reflect.Value, n int64) {
	if v.CanInterface() && v.Type() == reflect.TypeFor[calendar.Day]() {
		v.SetInt(int64(calendar.MustDay("2023-04-10")) + n)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("文本%d\"\\\u2028<", n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n+int64(i)+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i), n+int64(i))
			}
		}
	default:
		panic("fill: " + v.Type().String())
	}
}

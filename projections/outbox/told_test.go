package outbox

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

const goldens = "../../domain/wire/testdata/events"

// Whatever an event of the record holds, the message about it holds ids, codes,
// days and numbers only, and what its schema says.
func TestNothingPersonalIsTold(t *testing.T) {
	t.Parallel()
	f := NewFollower("test", true)
	files, err := filepath.Glob(goldens + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	han := regexp.MustCompile(`\p{Han}`)
	long := regexp.MustCompile(`[0-9]{11}`)
	uuids := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	told := 0
	for _, file := range files {
		name := strings.SplitAfter(filepath.Base(file), ".v1")[0]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, ok, err := f.message(eventlog.Record{Event: eventlog.Event{Type: name, Data: data, Meta: []byte(`{"happened":"2023-04-10","salt":"00"}`)},
			Stream: "household-0b6e1c7e-6d4f-4c5b-9f53-5a1c6b0f7a11", Version: 7, RecordedAt: time.Unix(0, 0)}, "629900101201")
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if !ok {
			continue
		}
		told++
		var e Envelope
		if err := json.Unmarshal(m.Body, &e); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if han.Match(m.Body) || long.MatchString(uuids.ReplaceAllString(strings.ReplaceAll(string(e.Data), "629900101201", ""), "")) {
			t.Errorf("%s: this must not leave: %s", file, m.Body)
		}
		if got, want := [4]string{e.SpecVersion, e.Type, e.DataSchema, e.Sequence}, [4]string{"1.0", TypePrefix + name, SchemaPrefix + name, "0000000007"}; got != want {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
		isCloudEvent(t, name, m.Body)
		fits(t, name, e.Data)
	}
	if told < len(types)/2 {
		t.Errorf("only %d samples were told", told)
	}
}

// isCloudEvent checks a message against the specification of CloudEvents 1.0 in
// JSON: the required attributes, and of what form names and values are.
func isCloudEvent(t *testing.T, name string, body []byte) {
	t.Helper()
	var attributes map[string]jsontext.Value
	if err := json.Unmarshal(body, &attributes); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	texts := map[string]string{}
	for attribute, value := range attributes {
		if !regexp.MustCompile(`^[a-z0-9]{1,20}$`).MatchString(attribute) {
			t.Errorf("%s: no attribute may be called %s", name, attribute)
		}
		var s string
		if attribute == "data" {
			if value.Kind() != '{' {
				t.Errorf("%s: the data are %s", name, value)
			}
			continue
		}
		if err := json.Unmarshal(value, &s); err != nil || s == "" {
			t.Errorf("%s: %s is %s", name, attribute, value)
		}
		texts[attribute] = s
	}
	for _, required := range []string{"id", "source", "specversion", "type"} {
		if texts[required] == "" {
			t.Errorf("%s has no %s", name, required)
		}
	}
	for _, address := range []string{"source", "dataschema"} {
		if u, err := url.Parse(texts[address]); err != nil || !u.IsAbs() {
			t.Errorf("%s: %s is no URI: %s", name, address, texts[address])
		}
	}
	if _, err := time.Parse(time.RFC3339, texts["time"]); err != nil || !strings.HasSuffix(texts["time"], "Z") {
		t.Errorf("%s: %q is no instant", name, texts["time"])
	}
	if texts["specversion"] != "1.0" || texts["datacontenttype"] != "application/json" || texts["partitionkey"] != texts["subject"] {
		t.Errorf("%s: %v", name, texts)
	}
}

// A passed day has no event behind it, and a message of the same form.
func TestAPassedDayIsToldAsAnyEvent(t *testing.T) {
	t.Parallel()
	due := calendar.MustDay("2023-04-05")
	for _, o := range []projections.OwedItem{
		{Household: "0b6e1c7e-6d4f-4c5b-9f53-5a1c6b0f7a11", Region: "629900101201", Kind: projections.OwedNextStep, Level: code.Township, Procedure: "inclusion", Step: "township_review", Since: due - 9, Due: due, Overdue: true},
		{Paper: "notice-1", Region: "629900101201", Kind: projections.OwedNoticeDown, Level: code.Village, Since: due - 9, Due: due, Overdue: true},
	} {
		m, err := overdue(Source("test"), due.Start().AddDate(0, 0, 2), o)
		if err != nil {
			t.Fatal(err)
		}
		isCloudEvent(t, StepOverdue, m.Body)
		var e Envelope
		if err := json.Unmarshal(m.Body, &e); err != nil {
			t.Fatal(err)
		}
		fits(t, StepOverdue, e.Data)
	}
}

// fits checks data against the schema, as far as our schemas go.
func fits(t *testing.T, name string, data jsontext.Value) {
	t.Helper()
	b, err := Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	var fields map[string]jsontext.Value
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	for _, required := range s.Required {
		if _, ok := fields[required]; !ok {
			t.Errorf("%s lacks %s: %s", name, required, data)
		}
	}
	for field, value := range fields {
		p, ok := s.Properties[field]
		if !ok {
			t.Errorf("%s has %s, which its schema does not", name, field)
			continue
		}
		is := map[jsontext.Kind]string{'"': "string", '0': "integer", 't': "boolean", 'f': "boolean", '[': "array"}[value.Kind()]
		if is != p.Type || p.Pattern != "" && !regexp.MustCompile(p.Pattern).MatchString(strings.Trim(string(value), `"`)) {
			t.Errorf("%s: %s is %s, want %+v", name, field, value, p)
		}
	}
}

// A field that an event does not have would never be told.
func TestWhatIsToldExists(t *testing.T) {
	t.Parallel()
	for name, fields := range types {
		if name == StepOverdue {
			continue
		}
		e, ok := wire.New(name)
		if !ok {
			t.Errorf("there is no event %s", name)
			continue
		}
		var has []string
		for i := range reflect.TypeOf(e).Elem().NumField() {
			tag, _, _ := strings.Cut(reflect.TypeOf(e).Elem().Field(i).Tag.Get("json"), ",")
			has = append(has, tag)
		}
		for field := range fields {
			if !slices.Contains(has, field) {
				t.Errorf("%s has no field %s, only %v", name, field, has)
			}
			if _, clash := base[field]; clash {
				t.Errorf("%s: %s means something else in every message", name, field)
			}
		}
	}
}

func TestWhatOnlyLooksLikeAnID(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		`"clue-2023-0141"`: true, `"12345678-1234-1234-1234-123456789012"`: true,
		`"629900199001011234"`: false, `"13912345678"`: false, `"柳长福"`: false, `"two words"`: false, `7`: false, ``: false,
	} {
		if _, ok := anID.told(jsontext.Value(value)); ok != want {
			t.Errorf("%s is told: %v, want %v", value, ok, want)
		}
	}
	for value, want := range map[string]bool{`["illness","school"]`: true, `["因病"]`: false, `"illness"`: false, `[]`: false} {
		if _, ok := codes.told(jsontext.Value(value)); ok != want {
			t.Errorf("%s is told: %v, want %v", value, ok, want)
		}
	}
}

// Receivers hold on to a schema: one that is published never changes.
func TestPublishedSchemas(t *testing.T) {
	t.Parallel()
	for _, name := range Types() {
		got, err := Schema(name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".json")
		want, err := os.ReadFile(file)
		if os.IsNotExist(err) && os.Getenv("WRITE_GOLDEN") != "" {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: a change is a new version (-published +now):\n%s", name, diff)
		}
	}
}

package wire

import (
	"bytes"
	"encoding/base64"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

var update = flag.Bool("update", false, "write the golden samples of events that have none")

// fixedSealer seals the same text to the same bytes, for goldens only.
type fixedSealer struct{}

func (fixedSealer) Seal(field, clear string) (string, error) {
	return "k1." + base64.RawURLEncoding.EncodeToString([]byte(field+"|"+clear)), nil
}

func (fixedSealer) Open(field, sealed string) (string, error) {
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(sealed, "k1."))
	clear, ok := strings.CutPrefix(string(data), field+"|")
	if err != nil || !ok {
		return "", errors.New("not sealed for this field")
	}
	return clear, nil
}

func sampleFile(name string) string { return filepath.Join("testdata", "events", name+".json") }

// Old events are forever readable: the bytes of a sample never change. A golden
// is written once, with -update; a changed event is a new version with its own.
//
// An event that got optional fields since has a second sample with them under
// its name and a number, such as notice.posted.v1+2; the first keeps its bytes.
func TestEverySampleKeepsItsBytes(t *testing.T) {
	for _, name := range Names() {
		if _, ok := samples[name]; !ok {
			t.Errorf("%s has no sample in samples_test.go", name)
		}
	}
	for key, sample := range samples {
		t.Run(key, func(t *testing.T) {
			name, _, _ := strings.Cut(key, "+")
			if got, err := Name(sample); got != name || err != nil {
				t.Fatalf("the sample is a %s: %v", got, err)
			}
			golden, err := os.ReadFile(sampleFile(key))
			if errors.Is(err, os.ErrNotExist) && *update {
				_, golden, err = Encode(sample, fixedSealer{})
				if err == nil {
					err = os.WriteFile(sampleFile(key), append(golden, '\n'), 0o644)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			golden = bytes.TrimSuffix(golden, []byte("\n"))
			e, err := Decode(name, golden, fixedSealer{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sample, e, cmp.AllowUnexported(household.Member{})); diff != "" {
				t.Errorf("decoded (-sample +golden)\n%s", diff)
			}
			if again, data, err := Encode(e, fixedSealer{}); err != nil || again != name || !bytes.Equal(data, golden) {
				t.Errorf("encoded again: %v\n%s\n%s", err, golden, data)
			}
			sealed, err := Decode(name, golden, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, again, err := Encode(sealed, asIs{}); err != nil || !bytes.Equal(again, golden) {
				t.Errorf("left sealed, it changed: %v\n%s", err, again)
			}
			folds(t, sealed)
		})
	}
}

// asIs passes what is sealed through.
type asIs struct{}

func (asIs) Seal(_, sealed string) (string, error) { return sealed, nil }
func (asIs) Open(_, sealed string) (string, error) { return sealed, nil }

// Every field is filled in, in at least one sample of its event and in at least
// one element of a list, so that the goldens have every name of the wire.
func TestSamplesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for key, sample := range samples {
		name, _, _ := strings.Cut(key, "+")
		filled(reflect.ValueOf(sample), name, seen)
	}
	// Who has a document gives no reason for having none.
	delete(seen, "member.added.v1.Member.NoDocument")
	delete(seen, "member.added.v1.Member.CountedReason")
	for field, full := range seen {
		if !full {
			t.Errorf("%s is empty in every sample", field)
		}
	}
}

func filled(v reflect.Value, path string, seen map[string]bool) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		seen[path] = seen[path] || !v.IsZero()
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				filled(v.Field(i), path+"."+f.Name, seen)
			}
		}
	case v.Kind() == reflect.Slice:
		seen[path] = seen[path] || v.Len() > 0
		for i := range v.Len() {
			filled(v.Index(i), path+"[]", seen)
		}
	default:
		seen[path] = seen[path] || !v.IsZero()
	}
}

// folds takes an event in where it belongs.
func folds(t *testing.T, e any) {
	t.Helper()
	switch e := e.(type) {
	case household.Event:
		if s := household.Fold("h", []household.Fact{{ID: "e1", Version: 1, Act: metadata, Event: e}}, household.Times{}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case paper.Event:
		if s := paper.Fold("p", []paper.Fact{{ID: "e1", Version: 1, Act: metadata, Event: e}}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case fund.Event:
		if s := fund.Fold("f", []fund.Fact{{ID: "e1", Version: 1, Act: metadata, Event: e}}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case office.Event:
		office.NewDirectory().Apply(e)
	case policy.Event:
		if err := policy.NewBook(func([]byte) (policy.Pack, error) { return policy.Pack{}, nil }).Apply(e); err != nil {
			t.Error(err)
		}
	case inspection.Event:
		if s := inspection.Fold("i", []inspection.Fact{{ID: "e1", Version: 1, Act: metadata, Event: e}}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case duty.Event:
		if s := duty.Fold("d", []duty.Fact{{ID: "e1", Version: 1, Act: metadata, Event: e}}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case account.Event:
		if s := account.Fold([]account.Fact{{Version: 1, Event: e}}); s.Version != 1 {
			t.Errorf("folded to version %d", s.Version)
		}
	case act.LogEvent:
	default:
		t.Errorf("%T belongs to no stream", e)
	}
}

func TestTheMetadataKeepsItsBytes(t *testing.T) {
	file := filepath.Join("testdata", "metadata.json")
	golden, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) && *update {
		if golden, err = EncodeMeta(metadata); err == nil {
			err = os.WriteFile(file, append(golden, '\n'), 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	golden = bytes.TrimSuffix(golden, []byte("\n"))
	a, err := DecodeMeta(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(metadata, a); diff != "" {
		t.Error(diff)
	}
	if again, err := EncodeMeta(a); err != nil || !bytes.Equal(again, golden) {
		t.Errorf("%v\n%s", err, again)
	}
	// Followers skim the day without decoding the rest.
	if !bytes.HasPrefix(golden, []byte(`{"happened":"2023-04-10",`)) {
		t.Errorf("the day does not come first: %s", golden[:40])
	}
	if _, err := DecodeMeta([]byte(`{"happened":"2023-02-30"}`)); err == nil {
		t.Error("a day that does not exist was read")
	}
}

// A golden nobody registered is a type somebody renamed or dropped.
func TestNoSampleIsLeftOver(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "events", "*.json"))
	if err != nil || len(files) != len(samples) {
		t.Errorf("%d goldens for %d samples: %v", len(files), len(samples), err)
	}
	for _, f := range files {
		if _, ok := samples[strings.TrimSuffix(filepath.Base(f), ".json")]; !ok {
			t.Errorf("%s has no sample", f)
		}
	}
}

// The sealed interfaces' members are read from the source, so that a forgotten
// event fails here rather than at the first append.
func TestEveryEventHasAName(t *testing.T) {
	sealed := map[string]string{"household": "isEvent", "paper": "isPaperEvent", "fund": "isFundEvent", "office": "isOfficeEvent", "policy": "isPolicyEvent", "duty": "isDutyEvent", "inspection": "isInspectionEvent", "account": "isAccountEvent", "act": "isLogEvent"}
	named := map[string]bool{}
	for _, name := range Names() {
		p, _ := New(name)
		named[reflect.TypeOf(p).Elem().String()] = true
	}
	for _, e := range voids {
		named[reflect.TypeOf(e).String()] = true
	}
	found := 0
	for pkg, method := range sealed {
		files, err := filepath.Glob(filepath.Join("..", pkg, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Recv == nil || fn.Name.Name != method {
					continue
				}
				found++
				typ := pkg + "." + fn.Recv.List[0].Type.(*ast.Ident).Name
				if !named[typ] {
					t.Errorf("%s is an event and has no name on the wire", typ)
				}
			}
		}
	}
	if found != len(named) {
		t.Errorf("%d events in the source, %d with names", found, len(named))
	}
}

// No float, no map, nothing that points (DESIGN §3); every field has its name.
func TestWhatAnEventMayHold(t *testing.T) {
	checked := map[reflect.Type]bool{reflect.TypeFor[time.Time](): true}
	var check func(t *testing.T, typ reflect.Type, path string)
	check = func(t *testing.T, typ reflect.Type, path string) {
		if checked[typ] {
			return
		}
		checked[typ] = true
		switch typ.Kind() {
		case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.String:
		case reflect.Slice:
			check(t, typ.Elem(), path+"[]")
		case reflect.Struct:
			for i := range typ.NumField() {
				f := typ.Field(i)
				name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
				switch {
				case !f.IsExported() || name == "-":
					continue
				case name == "" || name != strings.ToLower(name) || options != "" && options != "omitzero":
					t.Errorf("%s.%s is called %q on the wire", path, f.Name, f.Tag.Get("json"))
				}
				check(t, f.Type, path+"."+f.Name)
			}
		default:
			t.Errorf("%s is a %s", path, typ)
		}
	}
	for _, name := range Names() {
		p, _ := New(name)
		check(t, reflect.TypeOf(p).Elem(), name)
	}
	check(t, reflect.TypeFor[act.Act](), "metadata")
}

func TestNamesAreVersioned(t *testing.T) {
	for _, name := range Names() {
		parts := strings.Split(name, ".")
		if len(parts) != 3 || !strings.HasPrefix(parts[2], "v") || strings.ToLower(name) != name {
			t.Errorf("%q is not like notice.posted.v1", name)
		}
	}
	if !slices.IsSorted(Names()) {
		t.Error("names are not sorted")
	}
	if _, err := Name(struct{}{}); err == nil {
		t.Error("anything has a name")
	}
	if _, ok := New("notice.posted.v0"); ok {
		t.Error("an unknown version is known")
	}
}

func TestPersonalNumbersNeverStandInClear(t *testing.T) {
	for name, sample := range samples {
		_, data, err := Encode(sample, fixedSealer{})
		if err != nil {
			t.Fatal(err)
		}
		var clear []string
		collect(reflect.ValueOf(sample), &clear)
		for _, c := range clear {
			if bytes.Contains(data, []byte(c)) {
				t.Errorf("%s shows %q", name, c)
			}
		}
		if kind := code.PersonalNumber(string(data)); kind != "" {
			t.Errorf("%s shows what looks like %s", name, kind)
		}
		if (len(clear) > 0) != HoldsPersonal(sample) {
			t.Errorf("%s: %d personal fields, HoldsPersonal says %v", name, len(clear), HoldsPersonal(sample))
		}
	}
}

func collect(v reflect.Value, into *[]string) {
	switch {
	case v.Type() == personalType:
		if v.Len() > 0 {
			*into = append(*into, v.String())
		}
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				collect(v.Field(i), into)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), into)
		}
	}
}

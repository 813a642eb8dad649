package office

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// register is a directory whose entries are called e1, e2, …
func register(events ...Event) *Directory {
	d := NewDirectory()
	for i, e := range events {
		d.Take(Fact{fmt.Sprintf("e%d", i+1), e})
	}
	return d
}

func setUp() []Event {
	on := day("2022-01-01")
	return []Event{
		RegionEstablished{Code: "629900", Name: "守望县", Level: code.County, From: on},                                  // e1
		RegionEstablished{Code: "629900101", Name: "柳河镇", Level: code.Township, Parent: "629900", From: on},           // e2
		RegionEstablished{Code: "629900101201", Name: "柳湾村", Level: code.Village, Parent: "629900101", From: on},      // e3
		RegionEstablished{Code: "629900101202", Name: "上坪村", Level: code.Village, Parent: "629900101", From: on},      // e4
		Established{Office: "c", Region: "629900", Level: code.County, Name: "县乡村振兴局", From: on},                      // e5
		Appointed{Appointment: "a1", Office: "c", Person: "p1", Name: "周某", Capacity: code.CountyDecider, From: on},   // e6
		AppointmentEnded{Appointment: "a1", Office: "c", To: day("2022-06-30")},                                       // e7
		KinshipDeclared{Declaration: "k1", Person: "p1", Household: "h1", Member: "m1", Relation: "lineal", From: on}, // e8
		KinshipEnded{Declaration: "k1", Person: "p1", To: day("2022-06-30"), Reason: "离异"},                            // e9
		VillageAssigned{Assignment: "b1", Office: "c", Village: "629900101201", From: on},                             // e10
		VillageAssignmentEnded{Assignment: "b1", Office: "c", To: day("2022-06-30")},                                  // e11
		RegionRenamed{Code: "629900101201", Name: "柳湾新村", From: day("2022-03-01")},                                    // e12
		RegionMerged{Code: "629900101202", Successor: "629900101201", From: day("2022-03-01")},                        // e13
		Renamed{Office: "c", Name: "县农业农村局", From: day("2022-03-01")},                                                 // e14
		Appointed{Appointment: "a2", Office: "c", Person: "p2", Name: "李某", Capacity: code.CountyOfficer, From: on},   // e15
		RegionEstablished{Code: "629900101203", Name: "误录村", Level: code.Village, Parent: "629900101", From: on},      // e16
		Established{Office: "x", Region: "629900101", Level: code.Township, Name: "误录", From: on},                     // e17
	}
}

// Every kind of entry can be marked: what is void never held, on any day, and what
// it changed is as it was before it. What others rest on is voided after them.
func TestWrongEntriesOfOfficesAreVoided(t *testing.T) {
	t.Parallel()
	on := day("2022-09-01")
	for name, c := range map[string]struct {
		void string
		rule policy.Rule
		so   func(d *Directory) bool // once it is void
	}{
		"a wrong post":        {"e15", "", func(d *Directory) bool { return len(d.Appointments("p2", on)) == 0 && !d.Known("p2") && d.Struck("a2") }},
		"a wrong ending":      {"e7", "", func(d *Directory) bool { return len(d.Appointments("p1", on)) == 1 }},
		"a post that ended":   {"e6", policy.EventNotVoidable, nil},
		"wrong end of kin":    {"e9", "", func(d *Directory) bool { return d.Kin("p1", "h1", on) == "lineal" }},
		"kin that ended":      {"e8", policy.EventNotVoidable, nil},
		"a wrong end of help": {"e11", "", func(d *Directory) bool { return len(d.Assignments("", on)) == 1 }},
		"help that ended":     {"e10", policy.EventNotVoidable, nil},
		"a wrong name":        {"e12", "", func(d *Directory) bool { r, _ := d.Region("629900101201", on); return r.Name == "柳湾村" }},
		"a wrong merger": {"e13", "", func(d *Directory) bool {
			return d.Current("629900101202", on) == "629900101202" && len(d.Ended("629900101", on)) == 0
		}},
		"a wrong name of an office": {"e14", "", func(d *Directory) bool { o, _ := d.Office("c", on); return o.Name == "县乡村振兴局" }},
		"a wrong village": {"e16", "", func(d *Directory) bool {
			_, ok := d.Region("629900101203", on)
			return !ok && len(d.Children("629900101", on)) == 1
		}},
		"a wrong office":            {"e17", "", func(d *Directory) bool { _, ok := d.Office("x", on); return !ok }},
		"a village that was merged": {"e4", policy.EventNotVoidable, nil},
		"a township with villages":  {"e2", policy.EventNotVoidable, nil},
		"an office with posts":      {"e5", policy.EventNotVoidable, nil},
		"nothing":                   {"e99", policy.EventUnknown, nil},
		"an entry without a name":   {"", policy.EventUnknown, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := register(setUp()...)
			void := EntryVoided{Event: c.void, Reason: "登记有误"}
			var refusal *policy.Refusal
			if err := d.Check(void); errors.As(err, &refusal) != (c.rule != "") || refusal != nil && refusal.Rule != c.rule {
				t.Fatalf("%v, want %q", err, c.rule)
			}
			if c.rule != "" {
				return
			}
			if err := d.Check(EntryVoided{Event: c.void}); !errors.As(err, &refusal) || refusal.Rule != policy.Malformed {
				t.Errorf("without a reason: %v", err)
			}
			before := c.so(d)
			d.Take(Fact{"v", void})
			if before || !c.so(d) {
				t.Errorf("before %v, after %v", before, c.so(d))
			}
			if err := d.Check(void); !errors.As(err, &refusal) || refusal.Rule != policy.EventVoided {
				t.Errorf("twice: %v", err)
			}
			if err := d.Check(EntryVoided{Event: "v", Reason: "误"}); !errors.As(err, &refusal) || refusal.Rule != policy.EventNotVoidable {
				t.Errorf("the void itself: %v", err)
			}
		})
	}
}

// Nobody corrects what is entered of himself: he could free himself of recusing.
func TestNobodyCorrectsHisOwnEntry(t *testing.T) {
	t.Parallel()
	d := register(setUp()...)
	for event, person := range map[string]string{"e6": "p1", "e7": "p1", "e8": "p1", "e9": "p1", "e15": "p2"} {
		void := EntryVoided{Event: event, Reason: "登记有误"}
		var refusal *policy.Refusal
		if err := d.Correctable(void, []string{"other", person}); !errors.As(err, &refusal) || refusal.Rule != policy.WrongCapacity {
			t.Errorf("%s by %s: %v", event, person, err)
		}
		if err := d.Correctable(void, []string{"other"}); err != nil {
			t.Errorf("%s by another: %v", event, err)
		}
	}
	if err := d.Correctable(EntryVoided{Event: "e12"}, []string{"p1"}); err != nil {
		t.Errorf("a region's name is about nobody: %v", err)
	}
}

// A log is not set up anew by voiding every appointment.
func TestVoidingEveryAppointmentOpensNoDoor(t *testing.T) {
	t.Parallel()
	d := register(setUp()...)
	for _, event := range []string{"e7", "e6", "e15"} {
		d.Take(Fact{"v" + event, EntryVoided{Event: event, Reason: "登记有误"}})
	}
	if d.Known("p1") || d.Known("p2") || d.Empty() {
		t.Errorf("known %v %v, empty %v", d.Known("p1"), d.Known("p2"), d.Empty())
	}
}

// Whatever is voided in whatever order, the directory is that of what stands, and
// says so whether it followed the record or reads it from the start.
func TestWhatIsVoidNeverWas(t *testing.T) {
	t.Parallel()
	all := setUp()
	rapid.Check(t, func(t *rapid.T) {
		d, void := NewDirectory(), map[int]bool{}
		var facts []Fact
		take := func(f Fact) { facts = append(facts, f); d.Take(f) }
		for i, e := range all {
			take(Fact{fmt.Sprint(i), e})
			if rapid.IntRange(0, 3).Draw(t, "void") == 0 {
				at := rapid.IntRange(0, i+1).Draw(t, "which")
				void[at] = true
				if at > i {
					delete(void, at) // not entered yet: a void of nothing
				}
				take(Fact{fmt.Sprint("v", i), EntryVoided{Event: fmt.Sprint(at), Reason: "误"}})
			}
		}
		var standing []Event
		for i, e := range all {
			if !void[i] {
				standing = append(standing, e)
			}
		}
		rebuilt, without := NewDirectory(), register(standing...)
		for _, f := range facts {
			rebuilt.Take(f)
		}
		opts := cmp.Options{cmp.AllowUnexported(Directory{}, region{}, office{}, dated{}, entry{}), cmpopts.EquateEmpty()}
		if diff := cmp.Diff(rebuilt, d, opts); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(without, d, append(opts, cmpopts.IgnoreFields(Directory{}, "entries", "appointed"))); diff != "" {
			t.Fatal(diff)
		}
	})
}

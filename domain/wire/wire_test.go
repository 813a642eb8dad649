package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// bracket marks what went through it, so that a test sees which fields did.
type bracket struct{}

func (bracket) Seal(field, clear string) (string, error) { return "[" + field + ":" + clear + "]", nil }
func (bracket) Open(field, sealed string) (string, error) {
	return strings.TrimSuffix(strings.TrimPrefix(sealed, "["+field+":"), "]"), nil
}

func TestPersonalFieldsAreSealedAndOpened(t *testing.T) {
	e := household.HouseholdRegistered{Region: "629900101201", Kind: "ordinary", Members: []household.Member{
		{ID: "m1", Name: "柳一", Sex: "1", IDNumber: "clear-1", Relation: "head", Labour: "ordinary", Birth: calendar.MustDay("1970-01-02")},
		{ID: "m2", Name: "柳二", Sex: "2", NoDocument: "newborn", Relation: "daughter", Labour: "none", Phone: "clear-2"},
	}}
	name, data, err := Encode(e, bracket{})
	if err != nil || name != "household.registered.v1" {
		t.Fatal(name, err)
	}
	if !strings.Contains(string(data), `"[members/0/id_number:clear-1]"`) || !strings.Contains(string(data), `"[members/1/phone:clear-2]"`) {
		t.Errorf("not sealed: %s", data)
	}
	if e.Members[0].IDNumber != "clear-1" {
		t.Error("the caller's event was changed")
	}
	back, err := Household(name, data, bracket{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(household.Event(e), back, cmp.AllowUnexported(household.Member{})); diff != "" {
		t.Error(diff)
	}
	sealed, err := Household(name, data, nil)
	if err != nil || sealed.(household.HouseholdRegistered).Members[0].IDNumber == "clear-1" {
		t.Errorf("opened without a key: %v", err)
	}
	if _, _, err := Encode(e, nil); err == nil {
		t.Error("personal fields were written in clear")
	}
}

func TestEventsKeepToTheirStreams(t *testing.T) {
	if _, err := Paper("visit.recorded.v1", []byte(`{}`), nil); err == nil {
		t.Error("a household's event was read as a paper's")
	}
	if _, err := Household("nothing.known.v1", []byte(`{}`), nil); err == nil {
		t.Error("an unknown name was read")
	}
}

// A void has one name in every stream, and is that stream's own when it is read.
func TestAVoidIsOneInEveryStream(t *testing.T) {
	t.Parallel()
	for _, e := range voids {
		if name, err := Name(e); name != voidName || err != nil {
			t.Errorf("%T is a %q: %v", e, name, err)
		}
	}
	_, data, err := Encode(duty.FactVoided{Event: "e1", Reason: "录错"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := Duty(voidName, data); err != nil || e != (duty.FactVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
	if e, err := Fund(voidName, data); err != nil || e != (fund.FactVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
	if e, err := Office(voidName, data); err != nil || e != (office.EntryVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
	if e, err := Policy(voidName, data); err != nil || e != (policy.AdoptionVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
	if e, err := Paper(voidName, data, nil); err != nil || e != (paper.FactVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
	if e, err := Household(voidName, data, nil); err != nil || e != (household.FactVoided{Event: "e1", Reason: "录错"}) {
		t.Errorf("%+v %v", e, err)
	}
}

package commands_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/smallcounty"
)

func packText(t *testing.T, name string) string {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What was adopted is an event: the whole text with its hash, by whom, from when.
func TestAdoptingAPackIsAnEvent(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	text := packText(t, "jiaohe-2022")
	from := calendar.MustDay("2023-05-01")
	p.must(p.Policy(t.Context(), p.by("officer"), policy.Adopted{Region: county, Text: text, From: from, Document: "县政发〔2023〕4号"}))
	var last eventlog.Record
	for rec, err := range p.Log.ReadStream(t.Context(), "policy-"+county, eventlog.NoStream) {
		if err != nil {
			t.Fatal(err)
		}
		last = rec.Clone()
	}
	e, err := wire.Decode(last.Type, last.Data, nil)
	if err != nil {
		t.Fatal(err)
	}
	adopted := e.(policy.Adopted)
	a, err := wire.DecodeMeta(last.Meta)
	if err != nil {
		t.Fatal(err)
	}
	if adopted.Text != text || adopted.Name != "jiaohe-2022" || len(adopted.SHA256) != 64 || adopted.From != from || len(a.DoneBy) != 1 || a.DoneBy[0].ID != "officer" {
		t.Errorf("%s %s %s by %+v", adopted.Name, adopted.SHA256, adopted.From, a.DoneBy)
	}
	for day, want := range map[string]string{"2023-04-30": "county-2023", "2023-05-01": "jiaohe-2022"} {
		if pack, ok := p.Directory.Pack(village, calendar.MustDay(day)); !ok || pack.Name != want {
			t.Errorf("on %s %s is in force", day, pack.Name)
		}
	}
}

func TestWhatMayNotBeAdopted(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	adopt := func(text, from string) error {
		var day calendar.Day
		if from != "" {
			day = calendar.MustDay(from)
		}
		_, err := p.Policy(t.Context(), p.by("officer"), policy.Adopted{Region: county, Text: text, From: day})
		return err
	}
	for name, c := range map[string]struct {
		text, from string
		want       policy.Rule
	}{
		"before it is valid":     {packText(t, "jiaohe-2022"), "2020-12-31", policy.PackEnded},
		"after its validity":     {packText(t, "mile-2020"), "2021-06-01", policy.PackEnded},
		"with a fault":           {strings.Replace(packText(t, "jiaohe-2022"), "issuer:", "issued_by:", 1), "", policy.Malformed},
		"with an assumed block":  {strings.Replace(packText(t, "jiaohe-2022"), "{rule: notice.too-short, mode: flag", "{rule: notice.too-short, mode: block", 1), "", policy.Malformed},
		"nothing that is a pack": {"name: [", "", policy.Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			err := adopt(c.text, c.from)
			wantRule(t, err, c.want)
			var refusal *policy.Refusal
			if errors.As(err, &refusal) && strings.HasPrefix(name, "with a") && !strings.Contains(refusal.Reason, "line ") {
				t.Errorf("it does not say where: %s", refusal.Reason)
			}
		})
	}
}

// A village takes its county's pack, a county its province's, unless it has its
// own; one that has expired gives way to one above that has not.
func TestWhosePackARegionFollows(t *testing.T) {
	t.Parallel()
	p := &place{t: t, now: calendar.MustDay("2023-04-03").Start().Add(9 * time.Hour)}
	p.open(memlog.New(func() time.Time { return p.now }))
	from := smallcounty.Since()
	for _, e := range []office.Event{
		office.RegionEstablished{Code: "62", Name: "某省", Level: code.Province, From: from},
		office.RegionEstablished{Code: "629800", Name: "邻县", Level: code.County, Parent: "62", From: from},
		office.RegionEstablished{Code: "629800101", Name: "邻乡", Level: code.Township, Parent: "629800", From: from},
		office.Established{Office: "p", Region: "62", Level: code.Province, Name: "省厅", From: from},
		office.Appointed{Person: "provincial", Name: "省里", Appointment: "a-provincial", Office: "p", Capacity: code.CountyOfficer, Post: "处长", From: from},
	} {
		p.must(p.Office(t.Context(), p.by("setup"), e))
	}
	adopt := func(region, name string) {
		t.Helper()
		p.must(p.Policy(t.Context(), p.by("provincial"), policy.Adopted{Region: region, Text: packText(t, name)}))
	}
	follows := func(region, day, want string) {
		t.Helper()
		pack, ok := p.Directory.Pack(region, calendar.MustDay(day))
		if ok != (want != "") || pack.Name != want {
			t.Errorf("%s follows %q on %s, want %q", region, pack.Name, day, want)
		}
	}
	follows("629800101", "2023-04-03", "")
	adopt("62", "county-2023")
	follows("629800101", "2023-04-03", "county-2023")
	adopt("629800", "mile-2020")
	follows("629800101", "2020-12-31", "mile-2020")
	follows("629800101", "2021-05-13", "mile-2020")
	follows("629800101", "2021-05-14", "county-2023") // Mile's has expired
	adopt("629800", "jiaohe-2022")
	follows("629800101", "2023-04-03", "jiaohe-2022")
	adopt("629800101", "county-2023")
	follows("629800101", "2023-04-03", "county-2023")
	follows("629800", "2023-04-03", "jiaohe-2022")
}

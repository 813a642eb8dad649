package household

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S0.4, S0.5: the police register in principle, who really lives together by
// exception: one mark per member, with its reason, its evidence and its day.
func TestWhoCountsHasAReasonAndEvidence(t *testing.T) {
	t.Parallel()
	f := registered(t)
	away := deed{"2022-05-01", by(cadre), RecordResidence{Member: "m3", Registered: true, Reason: "外出就读，户在人不在", Evidence: []code.Attachment{"paper"}}}
	s := given(t, strict(), f).when(away).done().state()
	if m := s.find("m3"); m.Counted || !m.Evidenced || m.CountedReason != "外出就读，户在人不在" {
		t.Errorf("%+v", m)
	}
	// Registered and living here, and yet not counted: only with a reason.
	odd := away.doing(RecordResidence{Member: "m3", Registered: true, Living: true})
	never(t, f, odd, policy.Malformed)
	s = given(t, strict(), f).when(away.doing(RecordResidence{Member: "m3", Registered: true, Living: true, Reason: "已在他户计入"})).done().state()
	if m := s.find("m3"); m.Counted || m.Evidenced {
		t.Errorf("%+v", m)
	}
}

// The same is asked of whoever is a member from the start, or joins.
func TestWhoLivesElsewhereSaysWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		registered, living, counted bool
		document                    string
		reason                      code.Text
		sound                       bool
	}{
		"户在人不在":            {true, false, false, "", "", false},
		"人在户不在":            {false, true, true, "", "", false},
		"户在人不在, explained": {true, false, false, "", "外出务工", true},
		"人在户不在, explained": {false, true, true, "", "户口未迁来", true},
		"at home":          {true, true, true, "", "", true},
		"a newborn":        {false, true, true, "newborn", "", true},
		"in no register":   {false, true, true, "unregistered", "", true},
		"a lost document":  {false, true, true, "lost", "", false},
	} {
		m := member("m6", "柳六", "son", "1999-04-11", "ordinary")
		m.Registered, m.Living, m.Counted, m.CountedReason = c.registered, c.living, c.counted, c.reason
		if m.NoDocument = c.document; m.NoDocument != "" {
			m.IDNumber = ""
		}
		d, open := registration()
		open.Members = append(open.Members, m)
		add := deed{"2022-05-01", by(cadre), AddMember{Member: m, Reason: "return"}}
		if !c.sound {
			never(t, nil, d.doing(open), policy.Malformed)
			never(t, registered(t), add, policy.Malformed)
			continue
		}
		t.Run(name, func(t *testing.T) {
			given(t, strict(), nil).when(d.doing(open)).done()
			given(t, strict(), registered(t)).when(add).done()
		})
	}
}

func TestTheDayOfBirthAgreesWithTheNumber(t *testing.T) {
	t.Parallel()
	f := registered(t)
	wrong := member("m6", "柳六", "son", "1999-04-11", "ordinary")
	wrong.IDNumber = idOf("1999-11-04", 6)
	never(t, f, deed{"2022-05-01", by(cadre), AddMember{Member: wrong, Reason: "return"}}, policy.IDBirthDiffers)
	d, c := registration()
	c.Members = append(c.Members, wrong)
	never(t, nil, d.doing(c), policy.IDBirthDiffers)

	baby := born("m5", "2022-03-20")
	f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), AddMember{Member: baby, Reason: "birth"}}).done()
	supply := func(s SupplyDocument) deed { s.Member = "m5"; return deed{"2022-06-01", by(cadre), s} }
	given(t, strict(), f).when(supply(SupplyDocument{IDNumber: idOf("2022-03-20", 1)})).done()
	never(t, f, supply(SupplyDocument{IDNumber: idOf("2022-03-21", 1)}), policy.IDBirthDiffers)
	// The register was wrong, the document is right.
	right := SupplyDocument{IDNumber: idOf("2022-03-21", 1), Birth: baby.Birth + 1, Reason: "出生医学证明为二十一日"}
	s := given(t, strict(), f).when(supply(right)).done().state()
	if m := s.find("m5"); m.Birth != baby.Birth+1 || m.NoDocument != "" {
		t.Errorf("%+v", m)
	}
	right.Reason = ""
	never(t, f, supply(right), policy.Malformed)
	right.Reason, right.Birth = "误录", baby.Birth+2
	never(t, f, supply(right), policy.IDBirthDiffers)
}

// S4.17: able and willing.
func TestWhoDoesNotWantToWorkOwesNoDevelopmentMeasure(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	plan := deed{"2022-05-10", by(cadre), allowanceOnly("p1")}
	breaks(t, f, plan, policy.NoDevelopment)
	say := func(f file, on, who, willing string) file {
		return given(t, strict(), f).when(deed{on, by(cadre), AssessLabour{Member: who, Labour: "weak", Willing: willing}}).done()
	}
	f = say(f, "2022-05-01", "m1", "unwilling")
	breaks(t, f, plan, policy.NoDevelopment) // the other one may be willing
	f = say(f, "2022-05-01", "m2", "unwilling")
	given(t, strict(), f).when(plan).done()
	if s := f.state(); s.NoLabour() || s.MayDevelop() {
		t.Error("there is labour, and nobody willing")
	}
	f = say(f, "2022-05-02", "m2", "willing")
	f = say(f, "2022-05-03", "m2", "") // assessed again without being asked
	breaks(t, f, plan, policy.NoDevelopment)
	never(t, f, deed{"2022-05-04", by(cadre), AssessLabour{Member: "m2", Labour: "weak", Willing: "perhaps"}}, policy.Malformed)
}

package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

func TestTheLetterIsSigned(t *testing.T) {
	t.Parallel()
	f := life.before(SignLetter{}, 1).play(t, strict())
	d := life.the(SignLetter{}, 1)
	letter := d.do.(SignLetter)
	given(t, strict(), f).when(d).then(LetterSigned(letter))

	proxy := letter
	proxy.ProxyWriter, proxy.ProxyRelation, proxy.ReadOut = "柳七", "邻居", true
	given(t, strict(), f).when(d.doing(proxy)).done()
	unread, unnamed := proxy, proxy
	unread.ReadOut, unnamed.ProxyRelation = false, ""
	breaks(t, f, d.doing(unread), policy.LetterProxyUnnamed)
	breaks(t, f, d.doing(unnamed), policy.LetterProxyUnnamed)

	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*SignLetter)
	}{
		"no id":             {policy.Malformed, func(c *SignLetter) { c.Letter = "" }},
		"covers nobody":     {policy.Malformed, func(c *SignLetter) { c.Members = nil }},
		"unknown signature": {policy.Malformed, func(c *SignLetter) { c.Signature = "nod" }},
		"unknown scope":     {policy.Malformed, func(c *SignLetter) { c.Scope = []string{"diary"} }},
		"foreign member":    {policy.MemberUnknown, func(c *SignLetter) { c.Members = []string{"m1", "m9"} }},
		"foreign signer":    {policy.MemberUnknown, func(c *SignLetter) { c.Signer = "m9" }},
	} {
		wrong := letter
		c.change(&wrong)
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(wrong), c.rule) })
	}
}

func TestALetterFromAnEarlierEpisodeDoesNotServeAgain(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	again := deed{"2023-03-05", by(cadre), RecordClue{Clue: "c2", Channel: "cadre_check", Content: "又住院"}}
	f = given(t, strict(), f).when(again).done()
	for _, d := range []deed{life.the(SurveyHome{}, 1).on("2023-03-06"), {"2023-03-06", by(cadre), income("i9", policy.Inclusion, "2022-03-01", "2023-02-28", 5000)}} {
		f = given(t, strict(), f).when(d).done()
	}
	breaks(t, f, life.the(ReturnComparison{}, 1).on("2023-03-08").doing(ReturnComparison{Comparison: "v9", Procedure: policy.Inclusion, Sources: []string{"market"}}), policy.OrderMissingStep)
}

func TestALetterCoversTheDaysItWasSignedFor(t *testing.T) {
	t.Parallel()
	f := life.before(SignLetter{}, 1).play(t, strict())
	sign := life.the(SignLetter{}, 1)
	letter := sign.do.(SignLetter)
	letter.Until = calendar.MustDay("2022-03-05")
	never(t, f, sign.doing(func() SignLetter { l := letter; l.Until = calendar.MustDay("2022-03-02"); return l }()), policy.Malformed)
	f = given(t, strict(), f).when(sign.doing(letter)).done()
	f = given(t, strict(), f).when(life.the(VerifyClue{}, 1)).done()
	compare := life.the(ReturnComparison{}, 1)
	given(t, strict(), f).when(compare.on("2022-03-05")).done()
	given(t, strict(), f).when(compare).refused(policy.LetterMissing) // on the 6th
	given(t, strict(), f).whenTyped("2022-04-01", compare).flagged(policy.LetterMissing)
	given(t, strict(), f).whenTyped("2022-04-01", compare.on("2022-03-05")).done() // typed late, but done in time
}

func TestComparingBeyondTheLetter(t *testing.T) {
	t.Parallel()
	f := life.before(ReturnComparison{}, 1).play(t, strict())
	d := life.the(ReturnComparison{}, 1)
	breaks(t, f, d.doing(ReturnComparison{Comparison: "v9", Procedure: policy.Inclusion, Sources: []string{"tax"}}), policy.BeyondLetter)
	breaks(t, f, d.doing(ReturnComparison{Comparison: "v9", Procedure: policy.Inclusion, Sources: []string{"market"},
		Hits: []Hit{{ID: "t9", Member: "m4", Source: "market", Kind: "company"}}}), policy.BeyondLetter)
}

package projections_test

import (
	"context"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Whatever is recorded folds: facts are facts. So read models are tried with
// files that no procedure would allow, besides those that one would.

var day = calendar.MustDay

// brackets seals for tests: what it sealed is still readable, and says where.
type brackets struct{}

func (brackets) Seal(field, clear string) (string, error) {
	return "[" + field + ":" + clear + "]", nil
}

func (brackets) Open(field, sealed string) (string, error) {
	text, ok := strings.CutPrefix(sealed, "["+field+":")
	if !ok {
		return "", fmt.Errorf("%s is not sealed for %s", sealed, field)
	}
	return strings.TrimSuffix(text, "]"), nil
}

// fatal is what both testing.T and rapid.T can do.
type fatal interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
}

// casebook writes events into streams.
type casebook struct {
	t   fatal
	log eventlog.Log
	ids map[string][]string
}

func newCasebook(t fatal, log eventlog.Log) *casebook {
	return &casebook{t: t, log: log, ids: map[string][]string{}}
}

// add appends events to a stream as one act that happened on the day and
// returns the last position and the id of the first event.
func (c *casebook) add(stream, on string, events ...any) (eventlog.Position, string) {
	c.t.Helper()
	return c.act(stream, act.Act{Happened: day(on)}, events...)
}

func (c *casebook) act(stream string, a act.Act, events ...any) (eventlog.Position, string) {
	c.t.Helper()
	version := len(c.ids[stream])
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		c.t.Fatal(err)
	}
	var encoded []eventlog.Event
	for i, e := range events {
		name, data, err := wire.Encode(e, brackets{})
		if err != nil {
			c.t.Fatal(err)
		}
		id := eventlog.DeriveID(stream, "case", version+i)
		encoded = append(encoded, eventlog.Event{ID: id, Type: name, Data: data, Meta: meta})
		c.ids[stream] = append(c.ids[stream], id.String())
	}
	done, err := c.log.Append(c.t.Context(), stream, eventlog.Version(version), encoded)
	if err != nil {
		c.t.Fatal(err)
	}
	return done.Position, encoded[0].ID.String()
}

// idNumber returns a well-formed number with the impossible area 99.
func idNumber(n int) code.Personal {
	first := fmt.Sprintf("990101%04d0101%03d", 1950+n%60, n%1000)
	return code.Personal(first + string(code.IDCheckDigit(first)))
}

// registered is a household of so many persons, all counted.
func registered(region, head string, persons int) household.HouseholdRegistered {
	e := household.HouseholdRegistered{FileNo: household.FileNo(region, head), Region: region, Kind: code.Ordinary}
	for i := range persons {
		m := household.Member{ID: fmt.Sprintf("m%d", i+1), Name: fmt.Sprintf("%s%d", head, i), Sex: "1", IDNumber: idNumber(i),
			Relation: "other", Labour: "ordinary", Registered: true, Living: true, Counted: true}
		if i == 0 {
			m.Name, m.Relation = head, "head"
		}
		e.Members = append(e.Members, m)
	}
	return e
}

// anyEvent draws an event for a household's stream, likely or not.
func anyEvent(rt *rapid.T, c *casebook, stream string) household.Event {
	pick := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(rt, label) }
	small := func(label string, upTo int) int { return rapid.IntRange(0, upTo).Draw(rt, label) }
	procedure := func() policy.Procedure {
		return policy.Procedure(pick("procedure", "inclusion", "assistance", "elimination"))
	}
	result := func() code.ReviewResult { return code.ReviewResult(pick("result", "pass", "pass", "reject")) }
	member := func() string { return pick("member", "m1", "m2", "m9") }
	notice := func() string { return pick("notice", "n1", "n2") }
	switch small("seldom or beside others", 7) {
	case 0:
		return anyMove(rt, small, pick)
	case 1:
		return anySeldom(rt, c, stream)
	}
	switch small("event", 40) {
	case 0, 1:
		return registered(pick("region", "629900101201", "629900101202", "629900102201"), pick("head", "柳一", "欧阳长青", "𠮷某"), 1+small("persons", 3))
	case 2:
		return household.MemberAdded{Member: household.Member{ID: member(), Name: "新一", NoDocument: pick("no document", "", "newborn"), Counted: true, Labour: "none"}, Reason: "birth"}
	case 3:
		return household.MemberLeft{Member: member(), Reason: "death"}
	case 4:
		return household.ResidenceFound{Member: member(), Counted: small("counted", 1) == 0, Reason: "外出"}
	case 5:
		return household.LabourAssessed{Member: member(), Labour: code.Labour(pick("labour", "ordinary", "none", "lost"))}
	case 6:
		return household.ClueRecorded{Clue: pick("clue", "c1", "c2"), Channel: code.CadreCheck, Content: "排查", Name: "线索人", Region: "629900101201"}
	case 7:
		return household.ClueVerified{Clue: "c1", Result: "risk", Reason: "属实"}
	case 8:
		if rapid.Bool().Draw(rt, "sent") {
			return household.ApplicationSent{Clue: "c", Writer: "罗根生", Contact: "13900000003"}
		}
		return household.ApplicationFiled{Application: "a", Form: "scan"}
	case 9:
		return household.HomeSurveyed{Survey: "s", Procedure: procedure(), Level: code.Level(pick("level", "village", "township"))}
	case 10:
		return household.IncomeRecorded{Sheet: "i", Procedure: procedure(), From: day("2022-01-01"), To: day("2022-12-31"), Persons: 2, PerCapita: code.Fen(small("fen", 900000))}
	case 11:
		return household.LetterSigned{Letter: "l", Signer: "m1"}
	case 12:
		return household.ComparisonReturned{Comparison: "x", Procedure: procedure(), Hits: []household.Hit{{ID: "h1", Member: "m1", Kind: "car", Detail: "一辆"}}}
	case 13:
		return household.HitExplained{Hit: "h1", Explanation: "已过户", Accepted: true}
	case 14, 15:
		return household.Appraised{Procedure: procedure(), Meeting: "m", Result: result()}
	case 16, 17:
		return household.NoticePosted{Procedure: procedure(), Notice: notice(), Item: 1, Days: 5, Count: "calendar"}
	case 18:
		return household.NoticeObjected{Notice: notice(), Objection: pick("objection", "o1", "o2"), Content: "有车"}
	case 19:
		if rapid.Bool().Draw(rt, "inquiry") {
			return household.ObjectionInvestigated{Notice: notice(), Objection: pick("objection", "o1", "o2"), Findings: "走访"}
		}
		return household.ObjectionAnswered{Notice: notice(), Objection: pick("objection", "o1", "o2"), Findings: "不实"}
	case 20:
		return household.NoticeLineStruck{Notice: notice(), Reason: "异议成立"}
	case 21:
		return household.NoticeRemoved{Notice: notice()}
	case 22:
		return household.VillageReported{Procedure: procedure()}
	case 23:
		return household.TownshipReviewed{Procedure: procedure(), Result: result(), Opinion: "同意"}
	case 24:
		return household.CaseReturned{Procedure: procedure(), By: code.Township, To: policy.Step(pick("to", "home_survey", "appraisal")), Reason: "材料不全"}
	case 25, 26, 27:
		return household.InclusionDecided{Result: result(), Class: code.Class(pick("class", "unstable", "marginal", "sudden")),
			Risks: []code.Risk{"illness", "water"}[:1+small("risks", 1)], Monitoring: household.Responsible{Person: "p1", Name: "周某"}, Episode: 1 + small("episode", 2)}
	case 28:
		return household.Announced{Procedure: procedure()}
	case 29:
		return household.SystemEntered{System: "provincial", National: "62990000001"}
	case 30:
		return household.MeasureStarted{Measure: pick("measure", "a", "b", "c"), Class: "industry", For: "illness"}
	case 31:
		return household.MeasureDelivered{Measure: pick("measure", "a", "b", "c"), Fen: 100}
	case 32:
		return household.Visited{Visit: "v", Kind: "routine", Note: "走访"}
	case 33, 34:
		return household.EliminationDecided{Result: result(), Way: "natural"}
	case 35:
		return household.SystemMarked{System: "provincial"}
	case 36:
		return []household.Event{household.EliminationRolledBack{Reason: "反弹"}, household.InclusionRevoked{Reason: "错评"},
			household.NaturallyClosed{Reason: "moved"}, household.FallRecorded{Cause: "illness", Reason: "大病", Shortfalls: []string{"work"}},
			household.ShortfallRighted{Shortfall: "work", Done: "补办"}}[small("ending", 4)]
	case 37:
		if small("study", 1) == 0 {
			study := pick("studied", "y1", "y2")
			return []household.Event{household.CaseStudied{Study: study, Kind: "joint", Conclusion: "keep", FollowUps: []household.FollowUp{{ID: "f1", Content: "岗位"}}},
				household.StudyFollowedUp{Study: study, FollowUp: "f1", Done: true, Result: "已办"},
				household.HandedOver{Role: "monitoring", To: household.Responsible{Person: "p2", Name: "何某"}}}[small("studying", 2)]
		}
		return household.GreenChannelOpened{Reason: "火灾", OwedBy: day("2023-07-05")}
	case 38:
		return household.FlagRaised{Rule: "order.dates", Detail: "先后颠倒", Back: 1}
	}
	if ids := c.ids[stream]; len(ids) > 0 {
		return household.FactVoided{Event: rapid.SampledFrom(ids).Draw(rt, "voided"), Reason: "录错"}
	}
	return household.HouseholdSplit{Household: "other", Members: []string{"m2"}}
}

// anyDay draws a day of the years in question.
func anyDay(rt *rapid.T) string {
	return (day("2021-01-01") + calendar.Day(rapid.IntRange(0, 1000).Draw(rt, "day"))).String()
}

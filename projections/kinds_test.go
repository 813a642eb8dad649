package projections_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog/memlog"
)

// Every kind of a household's events is drawn for the read models: one that no
// property tries is noticed. The draws are the same at every run.
func TestEveryKindIsDrawnForTheModels(t *testing.T) {
	t.Parallel()
	log := memlog.New(time.Now)
	defer log.Close()
	book := newCasebook(t, log)
	book.add("household-h1", "2023-01-01", registered("629900101201", "柳一", 2))
	drawn := map[reflect.Type]bool{}
	events := rapid.Custom(func(rt *rapid.T) household.Event { return anyEvent(rt, book, "household-h1") })
	for seed := range 6000 {
		drawn[reflect.TypeOf(events.Example(seed))] = true
	}
	for _, name := range wire.Names() {
		e, _ := wire.New(name)
		kind := reflect.TypeOf(e)
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		if _, ok := reflect.Zero(kind).Interface().(household.Event); ok && !drawn[kind] {
			t.Errorf("%s (%s) is never drawn", name, kind)
		}
	}
}

// anySeldom draws an event of the kinds that no model used to look at.
func anySeldom(rt *rapid.T, c *casebook, stream string) household.Event {
	pick := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(rt, label) }
	of := policy.Procedure(pick("seldom of", "inclusion", "assistance", "elimination"))
	line := household.PaymentLine{Fund: "fd1", Kind: "relief", Name: "防贫救助资金", List: pick("list", "l1", "l2"), Persons: 2, Fen: 300000}
	named := stream
	if ids := c.ids[stream]; len(ids) > 0 {
		named = rapid.SampledFrom(ids).Draw(rt, "consented")
	}
	return rapid.SampledFrom([]household.Event{
		household.ClueDispatched{Clue: "c1", Office: "t"}, household.ClueFedBack{Clue: "c1", To: "医保局", Text: "已核实"},
		household.CommitteesStudied{Procedure: of}, household.EliminationDeferred{Reason: "不稳定"}, household.MarkWithheld{Reason: "无劳动力"},
		household.EliminationProposed{Way: "natural", PerCapita: 900000}, household.CorrectionConsented{Event: named},
		household.CaseBroughtForward{Source: "系统", Class: code.Marginal, Included: day("2021-06-01")}, household.UnconfirmedClosed{Reason: "查无此户"},
		household.InclusionEnded{Why: "withdrawn", Reason: "撤回"}, household.ListHandedDown{Procedure: of},
		household.MeasureConfirmed{Measure: pick("confirmed", "a", "b"), Member: "m1", Received: true, Signature: "signed"},
		household.DocumentSupplied{Member: pick("document of", "m1", "m9"), IDNumber: idNumber(3)}, household.HeadChanged{Member: "m2"},
		household.OfficerAssigned{Role: code.MonitoringOfficer, Officer: household.Responsible{Person: "p3", Name: "葛某"}},
		household.PaymentApproved(line), household.PaymentMade(line), household.PaymentReversed{Fund: "fd1", List: line.List, Reason: "mistake"},
		household.PlanMade{Plan: "pl", Situation: "两口", Problems: "因病", Responsibility: "村文书", Measures: []household.PlannedMeasure{{Class: "industry", Content: "养羊", Department: "agriculture"}}},
		household.RedWarningRaised{Ground: household.LowIncome, PerCapita: 100000, Line: 480000}, household.RedWarningEnded{Ground: household.LowIncome, Result: "solved", Note: "已救助"},
		household.RiskFound{Risk: "illness"}, household.RiskEnded{Risk: "illness", Way: "natural"},
	}).Draw(rt, "seldom event")
}

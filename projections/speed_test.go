package projections_test

import (
	"fmt"
	"iter"
	"testing"
	"time"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
)

// benchHouseholds of five events each; the bench command has the figures that
// count, this one is for working on the rebuild.
const benchHouseholds = 20_000

// file is one household's five events, one in fifty of them made void.
func file(n int) []any {
	region := fmt.Sprintf("629900%03d%03d", 101+n%18, 201+n%11)
	e := registered(region, fmt.Sprintf("户%d", n), 3)
	for i := range e.Members {
		e.Members[i].IDNumber = "k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		e.Members[i].Birth = calendar.MustDay("1970-05-06")
	}
	return []any{e,
		household.IncomeRecorded{Sheet: "s1", Procedure: policy.Inclusion, From: calendar.MustDay("2022-01-01"), To: calendar.MustDay("2022-12-31"), Persons: 3,
			Items: []household.IncomeItem{{Kind: "wage", Fen: 1200000, Note: "务工"}, {Kind: "business", Fen: 300000}}, Net: 1500000, PerCapita: 500000},
		household.InclusionDecided{Document: "d1", Item: 3, Result: code.Pass, Class: code.Marginal, Risks: []code.Risk{"illness"},
			Monitoring: household.Responsible{Person: "p1", Name: "周明"}, Assistance: household.Responsible{Person: "p2", Name: "吴平"}, Episode: 1},
		household.MeasureStarted{Measure: "m1", Class: "industry", Content: "发展肉牛养殖两头，村合作社代管", Department: "agriculture"},
		household.Visited{Visit: "v1", Kind: "routine", Note: "入户走访，家中情况稳定，已告知政策"},
	}
}

func imported(tb testing.TB, packSum string) iter.Seq2[eventlog.Imported, error] {
	cadre := act.Person{ID: "person-0001", Name: "周明", Appointment: "appointment-0001", Capacity: code.VillageCadre, Post: "村党支部书记",
		Office: "office-629900101201", Region: "629900101201", Level: code.Village, Covers: true}
	meta, err := wire.EncodeMeta(act.Act{Happened: calendar.MustDay("2022-04-10"), DoneBy: []act.Person{cadre}, RecordedBy: cadre, Mode: act.Performed,
		Channel: "demonstration", Pack: act.Pack{Name: "county-2023", Version: "1", SHA256: packSum}, Key: "bench-key-000001",
		Body: fmt.Sprintf("%064d", 8), Salt: fmt.Sprintf("%032d", 9), Correlation: "0b9f6f0e-3f0a-5d55-9a38-5f3f0b8c6a10"})
	if err != nil {
		tb.Fatal(err)
	}
	return func(yield func(eventlog.Imported, error) bool) {
		at := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
		for step := range 5 {
			for n := range benchHouseholds {
				stream := "household-" + eventlog.DeriveID("bench", fmt.Sprint(n), 0).String()
				e := file(n)[step]
				if step == 4 && n%50 == 0 {
					e = household.FactVoided{Event: eventlog.DeriveID(stream, "bench", 3).String(), Reason: "录错"}
				}
				name, data, err := wire.Encode(e, already{})
				if err != nil {
					tb.Fatal(err)
				}
				at = at.Add(time.Millisecond)
				if !yield(eventlog.Imported{Stream: stream, RecordedAt: at,
					Event: eventlog.Event{ID: eventlog.DeriveID(stream, "bench", step), Type: name, Data: data, Meta: meta}}, nil) {
					return
				}
			}
		}
	}
}

// already leaves sealed what is sealed.
type already struct{ brackets }

func (already) Seal(_, sealed string) (string, error) { return sealed, nil }

func BenchmarkRebuild(b *testing.B) {
	pool := pgtest.Pool(b)
	pack, find := countyPack(b)
	log, err := pglog.Open(b.Context(), pglog.Config{Conn: pool.Config().ConnConfig})
	if err != nil {
		b.Fatal(err)
	}
	defer log.Close()
	if _, err := log.Import(b.Context(), imported(b, pack.SHA256)); err != nil {
		b.Fatal(err)
	}
	for _, fields := range []eventlog.Fields{eventlog.WithData, eventlog.WithData | eventlog.WithMeta} {
		b.Run(fmt.Sprintf("read/fields=%d", fields), func(b *testing.B) {
			for b.Loop() {
				for _, err := range log.ReadAll(b.Context(), eventlog.Position{}, fields) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(5*benchHouseholds*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
	for _, model := range []projections.Model{projections.Register(projections.RegisterConfig{}), projections.Report(), projections.Notices(), projections.Papers(), projections.Owed(find)} {
		b.Run(model.Name(), func(b *testing.B) {
			f := prepared(b, pool, log, model)
			for b.Loop() {
				if err := f.Rebuild(b.Context(), model.Name(), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(5*benchHouseholds*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

package projections_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/code"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func anyFund(rt *rapid.T) fund.Event {
	list := rapid.SampledFrom([]string{"p1", "p2"}).Draw(rt, "list")
	h := rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "household")
	line := fund.Line{Household: h, Persons: rapid.IntRange(0, 3).Draw(rt, "persons"), Fen: code.Fen(rapid.IntRange(0, 900).Draw(rt, "fen"))}
	return rapid.SampledFrom([]fund.Event{
		fund.Established{Region: "629900", Kind: "relief", Name: "防贫救助资金", Rules: "县级审批"}, fund.Raised{Source: "fiscal", Fen: 5000},
		fund.Approved{List: list, Lines: []fund.Line{line}}, fund.Paid{List: list, Lines: []fund.Line{line}},
		fund.Reversed{List: list, Household: h, Reason: "mistaken"}, fund.FlagRaised{Rule: policy.FundPaidTwice, Household: h, List: list, Back: 1},
	}).Draw(rt, "fund event")
}

func TestFundsRebuiltEqualFollowed(t *testing.T) {
	t.Parallel()
	funds, papers := pgtest.Pool(t), pgtest.Pool(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := newCasebook(rt, log)
		for range rapid.IntRange(0, 40).Draw(rt, "events") {
			h := rapid.IntRange(1, 2).Draw(rt, "household of")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				book.add(fmt.Sprintf("household-%d", h), anyDay(rt), household.PaymentMade{Fund: "1", List: "p1"}, household.FlagRaised{Rule: policy.FundNotEntitled, Back: 1})
			case 1:
				book.add(fmt.Sprintf("household-%d", h), anyDay(rt), household.Visited{Visit: "b"})
			default:
				stream := fmt.Sprintf("fund-%d", h)
				if ids := book.ids[stream]; len(ids) > 0 && rapid.IntRange(0, 3).Draw(rt, "void") == 0 {
					book.add(stream, anyDay(rt), fund.FactVoided{Event: rapid.SampledFrom(ids).Draw(rt, "voided"), Reason: "录错"})
				}
				book.add(stream, anyDay(rt), anyFund(rt))
			}
		}
		steps := randomSteps(rt)
		modeltest.RebuiltEqualsFollowed(rt, funds, log, projections.Funds(), steps)
		modeltest.RebuiltEqualsFollowed(rt, papers, log, projections.Papers(), steps)
	})
}

// S3.7: 4.91 million raised, 1.71 million paid, 352 households, 651 persons.
func TestTheFiguresOfJiangkousFund(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := memlog.New(time.Now)
	t.Cleanup(func() { log.Close() })
	book := newCasebook(t, log)
	book.add("fund-jiangkou", "2020-04-01", fund.Established{Region: "520621", Kind: "relief", Name: "防贫救助资金", Rules: "县乡两级筹集"})
	book.add("fund-jiangkou", "2020-04-02", fund.Raised{Source: "fiscal", Fen: code.Yuan(4_910_000)})
	var lines []fund.Line
	left := int64(1_710_000)
	for i := range 352 {
		persons, yuan := 1, int64(4857)
		if i < 299 {
			persons = 2
		}
		if i == 351 {
			yuan = left
		}
		left -= yuan
		lines = append(lines, fund.Line{Household: fmt.Sprint("h", i), Persons: persons, Fen: code.Yuan(yuan)})
	}
	half := []fund.Line{lines[0], lines[1]} // paid in two parts, counted once
	for i := range half {
		half[i].Fen /= 2
		lines[i].Fen -= half[i].Fen
	}
	book.add("fund-jiangkou", "2020-09-01", fund.Paid{List: "p1", Lines: lines})
	book.add("fund-jiangkou", "2020-10-01", fund.Paid{List: "p2", Lines: half})
	_, stop := modeltest.Follow(t, pool, log, projections.Funds())
	defer stop()
	desk := projections.NewFundBook(pool)
	until(t, "the fund is shown", func() bool { row, err := desk.Get(t.Context(), "jiangkou"); return err == nil && row.Version == 4 })
	row, err := desk.Get(t.Context(), "jiangkou")
	if err != nil {
		t.Fatal(err)
	}
	got := []int64{int64(row.Raised), int64(row.Paid), int64(row.Households), int64(row.Persons), int64(row.Balance)}
	want := []int64{4_910_000_00, 1_710_000_00, 352, 651, 3_200_000_00}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("raised, paid, households, persons, balance (-want +got)\n%s", diff)
	}
	if n := int64(row.Paid) / 100 / int64(row.Households); n != 4857 {
		t.Errorf("%d yuan for each household", n)
	}
}

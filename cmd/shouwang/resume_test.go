package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
	"shouwang/projections"
)

// breaking is a log that breaks off between a paper and the second household.
type breaking struct {
	eventlog.Log
	lines atomic.Int64
}

func (b *breaking) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if strings.HasPrefix(stream, "household-") {
		if b.lines.Add(1) > 1 {
			return eventlog.Appended{}, errors.New("the power is gone")
		}
	}
	return b.Log.Append(ctx, stream, expected, events)
}

// village sets up a village with one person in it who may do everything here,
// and registers households; it returns their ids.
func village(t *testing.T, a *app, households int) []string {
	t.Helper()
	n := 0
	request := func() commands.Request {
		n++
		return commands.Request{Key: fmt.Sprintf("key-%d", n), By: "secretary", Channel: "test"}
	}
	must := func(_ commands.Result, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	from := calendar.MustDay("2021-01-01")
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	must(a.handler.Office(t.Context(), request(), office.RegionEstablished{Code: "629900", Name: "守望县", Level: code.County, From: from}))
	must(a.handler.Office(t.Context(), request(), office.RegionEstablished{Code: "629900101", Name: "柳河镇", Level: code.Township, Parent: "629900", From: from}))
	must(a.handler.Office(t.Context(), request(), office.RegionEstablished{Code: "629900101201", Name: "柳湾村", Level: code.Village, Parent: "629900101", From: from}))
	must(a.handler.Office(t.Context(), request(), office.Established{Office: "v", Region: "629900101201", Level: code.Village, Name: "柳湾村村民委员会", From: from}))
	must(a.handler.Policy(t.Context(), request(), policy.Adopted{Region: "629900", Text: string(text)}))
	must(a.handler.Office(t.Context(), request(), office.Appointed{Appointment: "a", Office: "v", Person: "secretary", Name: "王书记", Post: "村支书",
		Capacity: code.VillageSecretary, From: from}))
	var ids []string
	for i := range households {
		r := request()
		ids = append(ids, commands.NewID(r.By, r.Key))
		must(a.handler.Household(t.Context(), r, ids[i], household.RegisterHousehold{Region: "629900101201", Kind: code.Ordinary, Members: []household.Member{{
			ID: "m1", Name: "柳某", Sex: "1", Relation: "head", Labour: "ordinary", Registered: true, Living: true, Counted: true, NoDocument: "lost"}}}))
	}
	return ids
}

func TestAnInterruptedPaperIsFinishedAtTheStart(t *testing.T) {
	t.Parallel()
	p := &program{env: environment{}, data: folder(t), stdout: io.Discard, stderr: io.Discard}
	a, err := p.open(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}()
	if err := a.begin(t.Context(), act.RealClock); err != nil {
		t.Fatal(err)
	}
	ids := village(t, a, 3)
	broken := commands.New(a.handler.Config)
	broken.Log = &breaking{Log: a.log}
	sheet := paper.PostSheet{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村务公开栏", Phone: "0930-1234567"}
	for _, id := range ids {
		sheet.Lines = append(sheet.Lines, paper.SheetLine{Household: id, Head: "柳某", Persons: 1})
	}
	r := commands.Request{Key: "sheet", By: "secretary", Channel: "test", Mode: act.Transcribed, DoneBy: []commands.DoneBy{{Person: "secretary"}}}
	r.Happened = broken.Today()
	if _, err := broken.Paper(t.Context(), r, commands.NewID(r.By, r.Key), sheet); err == nil {
		t.Fatal("the fan-out was not interrupted")
	}
	if err := a.complete(t.Context()); err != nil {
		t.Fatal(err)
	}
	missing, err := a.models.papers.Missing(t.Context(), nil)
	if err != nil || len(missing) != 2 {
		t.Fatalf("%d lines are missing, want 2: %v", len(missing), err)
	}
	if err := a.resumeAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.caughtUpWith(t.Context(), projections.PapersName); err != nil {
		t.Fatal(err)
	}
	if missing, err = a.models.papers.Missing(t.Context(), nil); err != nil || len(missing) != 0 {
		t.Errorf("%d lines are missing after the start: %v", len(missing), err)
	}
}

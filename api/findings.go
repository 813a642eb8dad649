package api

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/projections"
)

func (s *server) findings() {
	get(s.about("核查"), "/findings/inclusion", "list-inclusion-findings", "应纳未纳、纳入不及时：按当地办法的全程时限和收入线", s.inclusionFindings)
}

// inclusionFindings: S4.13. A sign is held against the pack that was in force at
// the place on its day; most show nothing.
func (s *server) inclusionFindings(ctx context.Context, in *struct {
	Area
	Times
	Finding string `query:"finding" doc:"inclusion_faults中的一种；不填为全部"`
	Sign    string `query:"sign" doc:"sign_kinds中的一种；不填为全部"`
	Paging
	Waiting
}) (*answer[page[projections.InclusionFinding]], error) {
	if s.Reads.Signs == nil {
		return nil, unavailable()
	}
	asked, err := in.asked(s.Handler.Clock())
	if err != nil {
		return nil, err
	}
	if err := in.shown(ctx, s, projections.OwedName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, asked.AsOf)
	if err != nil {
		return nil, err
	}
	wanted := func(sign projections.SignRow) (projections.InclusionFinding, bool) {
		f, ok := s.findingOf(sign, asked.AsOf)
		return f, ok && (in.Finding == "" || string(f.Finding) == in.Finding)
	}
	name := fmt.Sprintf("findings|%q|%q|%q|%q|%q|%q", in.Region, in.RegionOn, in.Finding, in.Sign, in.AsOf, in.KnownAt)
	if !in.now() {
		return s.findingsThen(ctx, name, projections.Filter{Regions: regions}, household.SignKind(in.Sign), in.times(asked), in.Paging, in.Waiting, wanted)
	}
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.InclusionFinding, string, error) {
		return s.Reads.Signs.Find(ctx, regions, household.SignKind(in.Sign), p, wanted)
	})
}

// findingsThen answers for two times: the files of a page of households are folded
// as they stood then, so that a page may show less than was asked for and more
// may follow it.
func (s *server) findingsThen(ctx context.Context, name string, of projections.Filter, kind household.SignKind, times household.Times, p Paging, w Waiting,
	judge func(projections.SignRow) (projections.InclusionFinding, bool)) (*answer[page[projections.InclusionFinding]], error) {
	if s.Reads.Register == nil {
		return nil, unavailable()
	}
	if err := w.shown(ctx, s, projections.RegisterName); err != nil {
		return nil, err
	}
	return paged(s, p, name, func(p projections.Page) ([]projections.InclusionFinding, string, error) {
		files, next, err := s.Reads.Register.List(ctx, of, p)
		var found []projections.InclusionFinding
		for _, file := range files {
			facts, err := s.Handler.Facts(ctx, file.ID)
			if err != nil {
				return nil, "", err
			}
			state := household.Fold(file.ID, facts, times)
			for _, sign := range projections.SignsOf(&state) {
				if f, ok := judge(sign); ok && (kind == "" || sign.Kind == kind) {
					found = append(found, f)
				}
			}
		}
		return found, next, err
	})
}

func (s *server) findingOf(sign projections.SignRow, asOf calendar.Day) (projections.InclusionFinding, bool) {
	pack, ok := s.Handler.Directory.Pack(sign.Region, sign.On)
	if !ok {
		return projections.InclusionFinding{}, false
	}
	fault, due, found := sign.Fault(pack, asOf)
	return projections.InclusionFinding{Household: sign.Household, Region: sign.Region, FileNo: sign.FileNo, Head: sign.Head,
		Finding: fault, Name: household.InclusionFaults.ZH(string(fault)), Sign: sign.Kind, SignName: household.SignKinds.ZH(string(sign.Kind)),
		On: sign.On, Due: due, Decided: sign.Decided, Outcome: sign.Outcome, PerCapita: sign.PerCapita}, found
}

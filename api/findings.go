package api

import (
	"context"
	"fmt"

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
	Current
	Finding string `query:"finding" doc:"inclusion_faults中的一种；不填为全部"`
	Sign    string `query:"sign" doc:"sign_kinds中的一种；不填为全部"`
	Paging
	Waiting
}) (*answer[page[projections.InclusionFinding]], error) {
	if s.Reads.Signs == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.OwedName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("findings|%q|%q|%q|%q", in.Region, in.RegionOn, in.Finding, in.Sign)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.InclusionFinding, string, error) {
		return s.Reads.Signs.Find(ctx, regions, household.SignKind(in.Sign), p, func(sign projections.SignRow) (projections.InclusionFinding, bool) {
			f, ok := s.findingOf(sign)
			return f, ok && (in.Finding == "" || string(f.Finding) == in.Finding)
		})
	})
}

func (s *server) findingOf(sign projections.SignRow) (projections.InclusionFinding, bool) {
	pack, ok := s.Handler.Directory.Pack(sign.Region, sign.On)
	if !ok {
		return projections.InclusionFinding{}, false
	}
	fault, due, found := sign.Fault(pack, s.today())
	return projections.InclusionFinding{Household: sign.Household, Region: sign.Region, FileNo: sign.FileNo, Head: sign.Head,
		Finding: fault, Name: household.InclusionFaults.ZH(string(fault)), Sign: sign.Kind, SignName: household.SignKinds.ZH(string(sign.Kind)),
		On: sign.On, Due: due, Decided: sign.Decided, Outcome: sign.Outcome, PerCapita: sign.PerCapita}, found
}

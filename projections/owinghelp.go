package projections

import (
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// help is what the plan and its measures owe while the household is monitored.
func (d *dossier) help(e *household.Episode, pack policy.Pack) []owedItem {
	if e.Included == 0 || e.Eliminated != 0 {
		return nil
	}
	var items []owedItem
	if len(e.PlanMissing) > 0 {
		items = append(items, owedItem{kind: OwedPlanGap, level: pack.LevelOf(policy.Assistance, policy.Plan), procedure: policy.Assistance,
			step: policy.Plan, since: e.Plan, detail: "缺" + strings.Join(e.PlanMissing, "、")})
	}
	if e.ReviewBy != 0 {
		items = append(items, owedItem{kind: OwedReview, level: household.ReviewsDeferrals, procedure: policy.Elimination, since: e.Deferred, due: e.ReviewBy})
	}
	for _, m := range e.Measures {
		if m.Denied != 0 {
			items = append(items, owedItem{kind: OwedDenied, level: household.RightsShortfalls, procedure: policy.Assistance, step: policy.MeasureDelivered,
				since: m.Denied, detail: code.MeasureClasses.ZH(string(m.Class))})
		}
	}
	return items
}

// followUps are what studies wanted done and nobody reported done.
func (d *dossier) followUps() []owedItem {
	var items []owedItem
	for _, f := range d.FollowUps {
		if f.Done == 0 {
			items = append(items, owedItem{kind: OwedFollowUp, level: household.FollowsUp(f.Kind), since: f.On, due: f.Due, paper: f.Study, detail: string(f.What)})
		}
	}
	return items
}

// shortfalls: S2.11, what fell short in the work is owed until it is put right.
func (d *dossier) shortfalls() []owedItem {
	var items []owedItem
	for _, s := range d.Shortfalls {
		if s.Righted == 0 {
			items = append(items, owedItem{kind: OwedShortfall, level: household.RightsShortfalls, since: s.On, detail: code.Shortfalls.ZH(s.Shortfall)})
		}
	}
	return items
}

// fallen: S1.29, who fell (back) into poverty is included at once. It is owed until
// the county decides again; while the household is monitored it is included already.
func (d *dossier) fallen() []owedItem {
	for i := range d.Episodes {
		e := &d.Episodes[i]
		monitored := e.Included != 0 && e.Revoked == 0 && (e.Eliminated == 0 || e.Eliminated >= d.Fell)
		if monitored || e.Rejected >= d.Fell {
			return nil
		}
	}
	if d.Fell == 0 {
		return nil
	}
	return []owedItem{{kind: OwedFallen, level: code.Township, procedure: policy.Inclusion, since: d.Fell}}
}

package web

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// endForms are how a monitoring comes to its end, or does not yet.
func endForms() []caseForm {
	return []caseForm{
		{name: "proposal", zh: "提出风险消除", en: "Propose the elimination", step: policy.Proposal, ready: monitored, fields: proposalFields, make: proposalMade},
		{name: "deferral", zh: "暂缓消除", en: "Defer the elimination", kinds: []projections.OwedKind{projections.OwedReview}, ready: monitored, fields: deferralFields, make: deferralMade},
		{name: "withholding", zh: "暂不标注", en: "Withhold the mark", ready: monitored, fields: reasonFields("暂不标注的原因", "Why it is withheld"), make: func(f filling) (household.Command, error) {
			return household.WithholdMark{Reason: f.text("reason")}, nil
		}},
		{name: "rollback", zh: "风险消除回退", en: "Roll the elimination back", ready: func(h household.State) bool { return h.Stage() == household.StageEliminated },
			fields: reasonFields("回退原因", "Why it is rolled back"), make: func(f filling) (household.Command, error) {
				return household.RollBackElimination{Reason: f.text("reason")}, nil
			}},
		{name: "revocation", zh: "撤销认定", en: "Revoke the inclusion", ready: monitored, fields: reasonFields("撤销原因", "Why it is revoked"), make: func(f filling) (household.Command, error) {
			return household.RevokeInclusion{Reason: f.text("reason")}, nil
		}},
		{name: "natural-closing", zh: "自然减少", en: "Natural closing", ready: confirmed, fields: closingFields, make: closingMade},
		{name: "fall", zh: "实际返贫致贫", en: "Actual fall", ready: hasCase, fields: fallFields, make: fallMade},
	}
}

func monitored(h household.State) bool { return h.Stage() == household.StageMonitored }

func proposalFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "way", label: say(ctx, "消除方式", "How"), options: listOptions(ctx, code.EliminationWays, false)},
		{kind: askWords, name: "summary", label: say(ctx, "一看、二算、三核的情况", "What was seen, computed and verified"), required: true},
		{kind: askWords, name: "stable_reason", label: say(ctx, "收入稳定不足规定月数的理由（「原则上」的例外，够月数的不填）", "Why less than the stated months is enough (leave empty if it is not less)")},
		paperField(ctx, "study_form"),
	}
}

func proposalMade(f filling) (household.Command, error) {
	return household.ProposeElimination{Way: f.typed("way"), Summary: f.text("summary"), StableReason: f.text("stable_reason"), Papers: f.exhibits("study_form")}, nil
}

func deferralFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askWords, name: "reason", label: say(ctx, "暂缓的原因", "Why it is deferred"), required: true},
		{kind: askSome, name: "weakness", label: say(ctx, "不稳定的方面", "What is not stable"), options: listOptions(ctx, code.Weaknesses, false)},
		{kind: askDay, name: "review_by", label: say(ctx, "何时前复核", "To be looked at again by")},
	}
}

func deferralMade(f filling) (household.Command, error) {
	by, err := f.day("review_by")
	return household.DeferElimination{Reason: f.text("reason"), Weakness: f.q["weakness"], ReviewBy: by}, err
}

// reasonFields ask for nothing but the reason.
func reasonFields(zh, en string) func(context.Context, filling) []input {
	return func(ctx context.Context, _ filling) []input {
		return []input{{kind: askWords, name: "reason", label: say(ctx, zh, en), required: true}}
	}
}

func closingFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "why", label: say(ctx, "原因", "Why"), options: listOptions(ctx, code.NaturalClosings, true), required: true},
		{kind: askWords, name: "note", label: say(ctx, "说明", "Note")},
	}
}

func closingMade(f filling) (household.Command, error) {
	return household.CloseNaturally{Reason: f.typed("why"), Note: f.text("note")}, nil
}

func fallFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "cause", label: say(ctx, "原因", "Cause"), options: listOptions(ctx, code.Risks, true), required: true},
		{kind: askWords, name: "reason", label: say(ctx, "情况说明", "What happened"), required: true},
		{kind: askSome, name: "shortfalls", label: say(ctx, "工作中落实不到位的方面（有则勾选）", "What in the work led to it (if anything)"), options: listOptions(ctx, code.Shortfalls, false)},
	}
}

func fallMade(f filling) (household.Command, error) {
	return household.RecordFall{Cause: code.Risk(f.typed("cause")), Reason: f.text("reason"), Shortfalls: f.q["shortfalls"]}, nil
}

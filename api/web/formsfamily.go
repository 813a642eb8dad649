package web

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

// familyForms are changes of a household's members.
func familyForms() []caseForm {
	return []caseForm{
		{name: "member", zh: "增加成员", en: "A member joins", ready: confirmed, fields: joinFields, make: joinMade},
		{name: "document", zh: "补身份证件", en: "Identity document", kinds: []projections.OwedKind{projections.OwedDocument}, ready: func(h household.State) bool { return confirmed(h) && len(undocumented(h)) > 0 },
			fields: documentMemberFields, make: documentMade},
		{name: "head", zh: "变更户主", en: "Another head", kinds: []projections.OwedKind{projections.OwedHead}, ready: confirmed, fields: headFields, make: headMade},
		{name: "residence", zh: "户籍和居住变化", en: "Register and residence", ready: confirmed, fields: residenceFields, make: residenceMade},
		{name: "labour", zh: "劳动技能和意愿", en: "Labour and willingness", ready: confirmed, fields: labourFields, make: labourMade},
	}
}

func joinFields(ctx context.Context, _ filling) []input {
	return append(memberFields(ctx, "1", "", true),
		input{kind: askOne, name: "why", label: say(ctx, "增加原因", "Why"), options: listOptions(ctx, code.JoinReasons, true), required: true})
}

func joinMade(f filling) (household.Command, error) {
	m, err := f.member("1", "m-"+f.key)
	return household.AddMember{Member: m, Reason: f.typed("why")}, err
}

// undocumented are the members without an ID number.
func undocumented(h household.State) (ids []string) {
	for _, m := range h.Members {
		if m.NoDocument != "" && m.Left == 0 {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

func documentMemberFields(ctx context.Context, f filling) []input {
	var owing []option
	for _, m := range f.Members {
		if m.NoDocument != "" && m.Left == 0 {
			owing = append(owing, option{m.ID, shownName(f.v, m.Name)})
		}
	}
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "成员", "Member"), options: owing},
		{kind: askLine, name: "id_number", label: say(ctx, "身份证号码", "ID number"), required: true},
		{kind: askDay, name: "birth", label: say(ctx, "证件上的出生日期（与登记不一致时填）", "Birth as the document says (if it differs)")},
		{kind: askLine, name: "reason", label: say(ctx, "不一致的原因", "Why it differs")},
	}
}

func documentMade(f filling) (household.Command, error) {
	birth, err := f.day("birth")
	return household.SupplyDocument{Member: f.typed("member"), IDNumber: code.Personal(f.typed("id_number")), Birth: birth, Reason: f.text("reason")}, err
}

func headFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "新户主", "New head"), options: f.members(ctx, true), required: true},
		{kind: askLine, name: "reason", label: say(ctx, "原因", "Why")},
	}
}

func headMade(f filling) (household.Command, error) {
	return household.ChangeHead{Member: f.typed("member"), Reason: f.text("reason")}, nil
}

func residenceFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "成员", "Member"), options: f.members(ctx, true), required: true},
		{kind: askOne, name: "lives", label: say(ctx, "户籍和居住", "Register and residence"), options: livings(ctx)},
		{kind: askWords, name: "reason", label: say(ctx, "情况说明", "What was found"), required: true},
		{kind: askFiles, label: say(ctx, "证明照片（可多张）", "Proof, photographed (several)"), max: maxPhotos},
	}
}

func residenceMade(f filling) (household.Command, error) {
	lives := f.typed("lives")
	return household.RecordResidence{Member: f.typed("member"), Registered: lives != "present", Living: lives != "away", Counted: lives != "away", Reason: f.text("reason"), Evidence: f.allPhotos()}, nil
}

func labourFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "成员", "Member"), options: f.members(ctx, true), required: true},
		{kind: askOne, name: "labour", label: say(ctx, "劳动技能", "Labour"), options: listOptions(ctx, code.Labours, false)},
		{kind: askOne, name: "willing", label: say(ctx, "劳动意愿", "Willingness"), options: listOptions(ctx, code.Willingness, true)},
		{kind: askLine, name: "reason", label: say(ctx, "说明", "Note")},
	}
}

func labourMade(f filling) (household.Command, error) {
	return household.AssessLabour{Member: f.typed("member"), Labour: code.Labour(f.typed("labour")), Reason: f.text("reason"), Willing: f.typed("willing")}, nil
}

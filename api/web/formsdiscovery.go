package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// discoveryForms are how a risk comes to notice: clues, applications, new files.
func discoveryForms() []caseForm {
	return []caseForm{
		{name: "register", zh: "登记建档", en: "Register the household", opens: true, kinds: []projections.OwedKind{projections.OwedUnconfirmed},
			ready: func(h household.State) bool { return h.Unconfirmed }, fields: registerFields, make: registerMade},
		{name: "clue", zh: "登记线索", en: "Enter a clue", step: policy.Clue, opens: true, fields: clueFields, make: clueMade},
		{name: "dispatch", zh: "分发线索", en: "Send a clue out", ready: openClue, fields: dispatchFields, make: dispatchMade},
		{name: "clue-check", zh: "线索核实", en: "Verify a clue", kinds: []projections.OwedKind{projections.OwedClueCheck}, ready: openClue, fields: checkFields, make: checkMade},
		{name: "clue-feedback", zh: "线索反馈", en: "Answer whoever sent it", kinds: []projections.OwedKind{projections.OwedClueFeedback},
			ready: untold, fields: feedbackFields, make: feedbackMade},
		{name: "link", zh: "关联到已有农户", en: "Link to a household", ready: unconfirmed, fields: linkFields, make: linkMade},
		{name: "close", zh: "待确认对象办结", en: "Close what matched nobody", ready: unconfirmed, fields: closeFields, make: closeMade},
		{name: "application", zh: "农户申请", en: "Application", step: policy.Application, kinds: []projections.OwedKind{projections.OwedFallen}, ready: confirmed, fields: applicationFields, make: applicationMade},
		{name: "ending", zh: "识别终止", en: "End of the inclusion", kinds: []projections.OwedKind{projections.OwedEnding},
			ready: func(h household.State) bool { return h.Stage() == household.StageInclusion }, fields: endingFields, make: endingMade},
	}
}

func unconfirmed(h household.State) bool { return h.Unconfirmed && h.Closed == 0 }
func confirmed(h household.State) bool   { return h.Exists && !h.Unconfirmed && h.Closed == 0 }

func openClue(h household.State) bool {
	return slices.ContainsFunc(h.Clues, func(c household.Clue) bool { return c.Result == "" })
}

// clueOptions are the file's clues that fit.
func clueOptions(ctx context.Context, h household.State, fits func(household.Clue) bool) (options []option) {
	for _, c := range h.Clues {
		if fits(c) {
			options = append(options, option{c.ID, date(ctx, c.On) + " " + term(ctx, code.Channels, c.Channel)})
		}
	}
	return options
}

// untold says whether somebody is still to be told what became of what he sent.
func untold(h household.State) bool {
	return slices.ContainsFunc(h.Clues, h.FeedbackDue) || slices.ContainsFunc(h.Applicants, func(a household.Applicant) bool { return h.Untold(a) != 0 })
}

// applicantOptions are the applications that were refused and not answered.
func applicantOptions(ctx context.Context, h household.State) (options []option) {
	for _, a := range h.Applicants {
		if h.Untold(a) != 0 {
			options = append(options, option{a.ID, date(ctx, a.On) + " " + term(ctx, code.ApplicationForms, a.Form)})
		}
	}
	return options
}

func clueFields(ctx context.Context, f filling) []input {
	fields := []input{
		{kind: askOne, name: "channel", label: say(ctx, "发现渠道", "Channel"), options: listOptions(ctx, code.Channels, false), first: "cadre_check"},
		{kind: askOne, name: "via", label: say(ctx, "来源途径（可不填）", "Way it came (may stay empty)"), options: listOptions(ctx, code.Vias, true)},
		{kind: askOne, name: "department", label: say(ctx, "预警部门（部门预警时填）", "Department (of a warning)"), options: listOptions(ctx, code.Departments, true)},
		{kind: askOne, name: "found_as", label: say(ctx, "发现人身份（干部走访排查时填）", "Found by (of a cadre's check)"), options: listOptions(ctx, code.Finders, true)},
		{kind: askLine, name: "found_name", label: say(ctx, "发现人姓名", "His name"), hint: say(ctx, "反映人、举报人不在此填写", "never of whoever complains")},
		{kind: askWords, name: "content", label: say(ctx, "线索内容（不写身份证、手机号码）", "What it says (no ID or phone numbers)"), required: true},
	}
	if !f.Exists {
		fields = append([]input{{kind: askLine, name: "name", label: say(ctx, "对象姓名", "Name of whom it is about"), required: true}}, fields...)
	}
	return fields
}

func clueMade(f filling) (household.Command, error) {
	c := household.RecordClue{Clue: f.key, Channel: code.Channel(f.typed("channel")), Via: f.typed("via"), Department: f.typed("department"), Content: f.text("content")}
	if as := f.typed("found_as"); as != "" || f.typed("found_name") != "" {
		c.FoundBy = household.Finder{As: as, Name: f.typed("found_name")}
	}
	if !f.Exists {
		c.Name, c.Region = f.typed("name"), f.region
	}
	return c, nil
}

func dispatchFields(ctx context.Context, f filling) []input {
	var offices []option
	for _, c := range f.people {
		if o := (option{c.Office, c.at}); !slices.Contains(offices, o) {
			offices = append(offices, o)
		}
	}
	return []input{
		{kind: askOne, name: "clue", label: say(ctx, "线索", "Clue"), options: clueOptions(ctx, f.State, func(c household.Clue) bool { return c.Result == "" })},
		{kind: askOne, name: "office", label: say(ctx, "由哪个机构核实", "Office that verifies it"), options: offices, required: true},
		{kind: askDay, name: "due", label: say(ctx, "核实期限", "To be verified by")},
	}
}

func dispatchMade(f filling) (household.Command, error) {
	due, err := f.day("due")
	return household.DispatchClue{Clue: f.typed("clue"), Office: f.typed("office"), Due: due}, err
}

func checkFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "clue", label: say(ctx, "线索", "Clue"), options: clueOptions(ctx, f.State, func(c household.Clue) bool { return c.Result == "" })},
		{kind: askOne, name: "result", label: say(ctx, "核实结果", "Result"), options: listOptions(ctx, code.ClueResults, true), required: true},
		{kind: askWords, name: "reason", label: say(ctx, "理由", "Why"), required: true},
		{kind: askOne, name: "same", label: say(ctx, "与哪条线索重复（重复线索时填）", "Repeats which clue (of a duplicate)"),
			options: append([]option{{"", "—"}}, clueOptions(ctx, f.State, func(household.Clue) bool { return true })...)},
		{kind: askSome, name: "shortfalls", label: say(ctx, "工作中落实不到位的方面（有则勾选）", "What in the work led to it (if anything)"), options: listOptions(ctx, code.Shortfalls, false)},
	}
}

func checkMade(f filling) (household.Command, error) {
	return household.VerifyClue{Clue: f.typed("clue"), Result: f.typed("result"), Reason: f.text("reason"), DuplicateOf: f.typed("same"), Shortfalls: f.q["shortfalls"]}, nil
}

func feedbackFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "clue", label: say(ctx, "线索", "Clue"), options: append(clueOptions(ctx, f.State, f.FeedbackDue), applicantOptions(ctx, f.State)...)},
		{kind: askLine, name: "to", label: say(ctx, "向谁反馈", "To whom"), hint: say(ctx, "部门、申请人或发现人；信访、举报的只写“反映人”，不写姓名", "a department, who applied or who found it; never the name of whoever complained"), required: true},
		{kind: askWords, name: "text", label: say(ctx, "办理结果", "What became of it"), required: true},
	}
}

func feedbackMade(f filling) (household.Command, error) {
	return household.FeedBackClue{Clue: f.typed("clue"), To: f.text("to"), Text: f.text("text")}, nil
}

func linkFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askLine, name: "file", label: say(ctx, "已有农户的档案编号", "File number of the household"), hint: say(ctx, "在台账中可查", "see the ledger"), required: true},
		{kind: askWords, name: "reason", label: say(ctx, "依据", "Why it is this household")},
	}
}

func linkMade(f filling) (household.Command, error) {
	return household.LinkUnconfirmed{Household: f.typed("file"), Reason: f.text("reason")}, nil
}

func closeFields(ctx context.Context, _ filling) []input {
	return []input{{kind: askWords, name: "reason", label: say(ctx, "办结原因", "Why it is closed"), required: true}}
}

func closeMade(f filling) (household.Command, error) {
	return household.CloseUnconfirmed{Reason: f.text("reason")}, nil
}

func applicationFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "form", label: say(ctx, "申报方式", "How it applied"), options: listOptions(ctx, code.ApplicationForms, false), first: "written"},
		{kind: askWords, name: "content", label: say(ctx, "申请内容", "What it says"), required: true},
		{kind: askLine, name: "written_by", label: say(ctx, "代书人（本人书写的不填）", "Written by (if not by itself)")},
		{kind: askFiles, label: say(ctx, "申请书照片", "The application, photographed")},
	}
}

func applicationMade(f filling) (household.Command, error) {
	return household.FileApplication{Application: f.key, Form: f.typed("form"), Content: f.text("content"), WrittenBy: f.typed("written_by"), Paper: f.photo()}, nil
}

func endingFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "why", label: say(ctx, "终止原因", "Why it ends"), options: listOptions(ctx, code.InclusionEndings, false)},
		{kind: askWords, name: "reason", label: say(ctx, "说明（告知农户的内容）", "What the household is told"), required: true},
	}
}

func endingMade(f filling) (household.Command, error) {
	return household.EndInclusion{Why: f.typed("why"), Reason: f.text("reason")}, nil
}

// memberRows are the rows of a new household's form: the largest families of a
// village fit, and later members have a form of their own.
const memberRows = 8

func registerFields(ctx context.Context, f filling) []input {
	fields := []input{
		{kind: askLine, name: "group", label: say(ctx, "村民小组", "Group"), first: f.Group},
		{kind: askOne, name: "kind", label: say(ctx, "农户类型", "Kind"), options: listOptions(ctx, code.Kinds, false), first: "ordinary"},
	}
	for i := range memberRows {
		n := strconv.Itoa(i + 1)
		relation, title := "", say(ctx, "成员"+n+"（没有可不填）", "Member "+n+" (may stay empty)")
		if i == 0 {
			relation, title = "head", say(ctx, "户主", "The head")
		}
		fields = append(fields, input{kind: askPart, label: title, folded: i > 2})
		fields = append(fields, memberFields(ctx, n, relation, i == 0)...)
	}
	return fields
}

// memberFields ask for one member of a household.
func memberFields(ctx context.Context, n, relation string, required bool) []input {
	return []input{
		{kind: askLine, name: "name_" + n, label: say(ctx, "姓名", "Name"), required: required},
		{kind: askOne, name: "sex_" + n, label: say(ctx, "性别", "Sex"), options: listOptions(ctx, code.Sexes, false)},
		{kind: askLine, name: "number_" + n, label: say(ctx, "身份证号码", "ID number")},
		{kind: askOne, name: "without_" + n, label: say(ctx, "没有证件的原因", "Why there is none"), options: listOptions(ctx, code.NoDocumentReasons, true)},
		{kind: askDay, name: "birth_" + n, label: say(ctx, "出生日期（有身份证的可不填）", "Day of birth (the ID number says it)")},
		{kind: askOne, name: "relation_" + n, label: say(ctx, "与户主关系", "Relation to the head"), options: listOptions(ctx, code.Relations, true), first: relation},
		{kind: askOne, name: "labour_" + n, label: say(ctx, "劳动技能", "Labour"), options: listOptions(ctx, code.Labours, false)},
		{kind: askOne, name: "lives_" + n, label: say(ctx, "户籍和居住", "Register and residence"), options: livings(ctx), first: "both"},
		{kind: askLine, name: "counted_" + n, label: say(ctx, "户在人不在、人在户不在的情况", "Why registered and living in two places")},
		{kind: askLine, name: "phone_" + n, label: say(ctx, "电话", "Phone")},
	}
}

// livings are how somebody is registered and lives here (S0.5).
func livings(ctx context.Context) []option {
	return []option{
		{"both", say(ctx, "户籍在此且共同生活", "registered and living here")},
		{"away", say(ctx, "户在人不在（不计入）", "registered, living elsewhere (not counted)")},
		{"present", say(ctx, "人在户不在（计入）", "living here, registered elsewhere (counted)")},
	}
}

// member is what a form says of one member.
func (f filling) member(n, id string) (household.Member, error) {
	lives := f.typed("lives_" + n)
	m := household.Member{ID: id, Name: f.typed("name_" + n), Sex: f.typed("sex_" + n), IDNumber: code.Personal(f.typed("number_" + n)), NoDocument: f.typed("without_" + n),
		Relation: f.typed("relation_" + n), Labour: code.Labour(f.typed("labour_" + n)), Registered: lives != "present", Living: lives != "away",
		Counted: lives != "away", CountedReason: f.text("counted_" + n), Phone: code.Personal(f.typed("phone_" + n))}
	var err error
	if m.Birth, err = f.day("birth_" + n); err != nil {
		return m, err
	}
	if number := string(m.IDNumber); m.Birth == 0 && len(number) == 18 {
		if born, err := calendar.ParseDay(number[6:10] + "-" + number[10:12] + "-" + number[12:14]); err == nil {
			m.Birth = born
		}
	}
	return m, nil
}

func registerMade(f filling) (household.Command, error) {
	c := household.RegisterHousehold{Region: f.region, Group: f.typed("group"), Kind: code.Kind(f.typed("kind"))}
	for i := range memberRows {
		n := strconv.Itoa(i + 1)
		if f.typed("name_"+n) == "" {
			continue
		}
		m, err := f.member(n, "m"+n)
		if err != nil {
			return nil, err
		}
		m.Relation = cmp.Or(m.Relation, "other")
		c.Members = append(c.Members, m)
	}
	return c, nil
}

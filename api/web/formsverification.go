package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// verificationForms are what is found out about a household before anybody
// decides: survey, income, letter, comparison.
func verificationForms() []caseForm {
	return []caseForm{
		{name: "analysis", zh: "贫情分析", en: "Poverty analysis", step: policy.PovertyAnalysis, ready: confirmed, fields: analysisFields, make: analysisMade},
		{name: "survey", zh: "入户调查", en: "Home survey", step: policy.HomeSurvey, ready: confirmed, fields: surveyFields, make: surveyMade(code.Village), paired: true},
		{name: "verification", zh: "乡镇入户核实", en: "Home verification by the township", step: policy.TownshipVerification, ready: confirmed, fields: surveyFields, make: surveyMade(code.Township), paired: true},
		{name: "income", zh: "收支测算表", en: "Income sheet", step: policy.IncomeSheet, ready: confirmed, fields: incomeFields, make: incomeMade},
		{name: "platform", zh: "录入地方平台", en: "Entry in the local platform", step: policy.PlatformEntry, ready: confirmed, fields: platformFields, make: platformMade},
		{name: "letter", zh: "承诺授权书", en: "Commitment and authorisation letter", step: policy.Authorisation, ready: confirmed, fields: letterFields, make: letterMade},
		{name: "comparison", zh: "信息比对结果", en: "Result of the comparison", step: policy.Comparison, ready: confirmed, fields: comparisonFields, make: comparisonMade},
		{name: "explanation", zh: "比对疑点核实", en: "Explanation of a hit", kinds: []projections.OwedKind{projections.OwedHit},
			ready: func(h household.State) bool { return len(openHits(h)) > 0 }, fields: explanationFields, make: explanationMade},
		{name: "study", zh: "两委研究", en: "Study by the village committees", step: policy.CommitteeStudy, ready: confirmed, fields: studyFields, make: studyMade},
		{name: "case-study", zh: "动态监测分析研判", en: "Study of the household", ready: hasCase, fields: caseStudyFields, make: caseStudyMade},
	}
}

// procedureInput asks for which procedure it is done; none is outside of any.
func procedureInput(ctx context.Context, f filling, open bool) input {
	options := listOptions(ctx, policy.Procedures, false)
	if open {
		options = append(options, option{"none", say(ctx, "日常（不属于程序）", "routine, of no procedure")})
	}
	return input{kind: askOne, name: "procedure", label: say(ctx, "程序", "Procedure"), options: options, first: string(f.of)}
}

// procedure is the procedure that was chosen.
func (f filling) procedure() policy.Procedure {
	if p := f.typed("procedure"); p != "none" {
		return policy.Procedure(p)
	}
	return ""
}

func analysisFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askWords, name: "situation", label: say(ctx, "分析情况", "Situation"), required: true},
		{kind: askOne, name: "conclusion", label: say(ctx, "结论", "Conclusion"), options: listOptions(ctx, code.AnalysisConclusions, false)},
		{kind: askFiles, label: say(ctx, "会议记录照片", "Minutes, photographed")},
	}
}

func analysisMade(f filling) (household.Command, error) {
	return household.AnalysePoverty{Analysis: f.key, Situation: f.text("situation"), Conclusion: f.typed("conclusion"), Minutes: f.photo()}, nil
}

func surveyFields(ctx context.Context, f filling) []input {
	fields := []input{procedureInput(ctx, f, true), {kind: askPart, label: say(ctx, "“两不愁三保障”和饮水安全", "The guarantees, and water"),
		hint: say(ctx, "没有查看的保留“未查看”。入户调查由两人以上进行。", "What was not looked at stays open. A survey takes two people.")}}
	for _, g := range code.Guarantees {
		fields = append(fields,
			input{kind: askOne, name: "found_" + g.Code, label: say(ctx, g.ZH, g.EN), options: findings(ctx)},
			input{kind: askLine, name: "note_" + g.Code, label: say(ctx, g.ZH+"：说明", g.EN+": note")})
		if g.Code == "water" {
			fields = append(fields, input{kind: askSome, name: "standards", label: say(ctx, "饮水安全达标的项目（逐项查看时勾选）", "Standards of water that are met (if each was looked at)"), options: listOptions(ctx, code.WaterStandards, false)})
		}
	}
	return append(fields,
		input{kind: askWords, name: "note", label: say(ctx, "调查情况", "What was found"), required: true},
		input{kind: askFiles, label: say(ctx, "入户照片（可多张）", "Photographs (several)"), max: maxPhotos}, paperField(ctx, "survey_form"))
}

// findings are what a survey may find of a guarantee.
func findings(ctx context.Context) []option {
	return []option{{"", say(ctx, "未查看", "not looked at")}, {"ok", say(ctx, "有保障", "secured")}, {"open", say(ctx, "未保障", "not secured")},
		{"risk", say(ctx, "未保障，且存在较大返贫致贫风险", "not secured, with a large risk")}}
}

func surveyMade(level code.Level) func(filling) (household.Command, error) {
	return func(f filling) (household.Command, error) {
		c := household.SurveyHome{Survey: f.key, Procedure: f.procedure(), Level: level, Note: f.text("note"), Photos: f.allPhotos(), Papers: f.exhibits("survey_form")}
		for _, g := range code.Guarantees {
			found := f.typed("found_" + g.Code)
			if found == "" {
				continue
			}
			finding := household.Finding{Guarantee: code.Guarantee(g.Code), OK: found == "ok", LargeRisk: found == "risk", Note: f.text("note_" + g.Code)}
			if g.Code == "water" && len(f.q["standards"]) > 0 {
				for _, s := range code.WaterStandards {
					finding.Standards = append(finding.Standards, household.Standard{Standard: s.Code, OK: slices.Contains(f.q["standards"], s.Code)})
				}
			}
			c.Findings = append(c.Findings, finding)
		}
		return c, nil
	}
}

func incomeFields(ctx context.Context, f filling) []input {
	first := f.v.today.AddMonths(-12)
	fields := []input{procedureInput(ctx, f, true), paperField(ctx, "income_form"),
		{kind: askDay, name: "from", label: say(ctx, "测算起", "From"), first: first.String(), required: true},
		{kind: askDay, name: "to", label: say(ctx, "测算止", "To"), first: (f.v.today - 1).String(), required: true},
		{kind: askNumber, name: "persons", label: say(ctx, "测算人数", "Persons"), first: strconv.Itoa(f.CountedOn(f.v.today)), required: true}}
	for _, kind := range household.IncomeKinds {
		fields = append(fields, input{kind: askPart, label: say(ctx, kind.ZH, kind.EN) + say(ctx, "（元）", " (yuan)")})
		for _, item := range household.IncomeItems {
			if strings.HasPrefix(item.Code, kind.Code+".") {
				fields = append(fields, input{kind: askMoney, name: "item_" + item.Code, label: say(ctx, item.ZH, item.EN)})
			}
		}
	}
	fields = append(fields, input{kind: askPart, label: say(ctx, "刚性支出（元，按原因）", "Rigid expenditure (yuan, by cause)")})
	for _, risk := range code.Risks {
		fields = append(fields, input{kind: askMoney, name: "rigid_" + risk.Code, label: say(ctx, risk.ZH, risk.EN)})
	}
	return fields
}

func incomeMade(f filling) (household.Command, error) {
	c := household.RecordIncome{Sheet: f.key, Procedure: f.procedure(), Persons: number(f.q.Get("persons")), Papers: f.exhibits("income_form")}
	var err error
	if c.From, err = f.day("from"); err != nil {
		return nil, err
	}
	if c.To, err = f.day("to"); err != nil {
		return nil, err
	}
	for _, item := range household.IncomeItems {
		fen, err := f.fen("item_" + item.Code)
		if err != nil {
			return nil, err
		}
		if fen != 0 {
			kind, _, _ := strings.Cut(item.Code, ".")
			c.Items = append(c.Items, household.IncomeItem{Kind: kind, Item: item.Code, Fen: fen})
		}
	}
	for _, risk := range code.Risks {
		fen, err := f.fen("rigid_" + risk.Code)
		if err != nil {
			return nil, err
		}
		if fen != 0 {
			c.Rigid = append(c.Rigid, household.RigidItem{Cause: code.Risk(risk.Code), Fen: fen})
		}
	}
	if len(c.Items) == 0 {
		return nil, misfill("item_"+household.IncomeItems[0].Code, "请至少填写一项收支；没有收入的在“其他转移性收入”等处据实填写")
	}
	return c, nil
}

func platformFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "system", label: say(ctx, "平台", "Platform"), options: listOptions(ctx, code.Systems[2:], false)},
		{kind: askLine, name: "number", label: say(ctx, "平台编号", "Its number there")},
	}
}

func platformMade(f filling) (household.Command, error) {
	return household.EnterPlatform{System: f.typed("system"), Number: f.typed("number")}, nil
}

func letterFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askSome, name: "members", label: say(ctx, "授权涉及的成员", "Members it covers"), options: f.members(ctx, false)},
		{kind: askSome, name: "scope", label: say(ctx, "授权查询范围", "What may be queried"), options: listOptions(ctx, code.ComparisonSources, false)},
		{kind: askOne, name: "signer", label: say(ctx, "签署人", "Signed by"), options: f.members(ctx, true), first: f.Head, required: true},
		{kind: askOne, name: "signature", label: say(ctx, "签署方式", "How it was signed"), options: listOptions(ctx, code.Signatures, false)},
		{kind: askPart, label: say(ctx, "代书（本人书写的不填）", "Proxy writer (if not written by the signer)")},
		{kind: askLine, name: "proxy", label: say(ctx, "代书人姓名", "Name of the proxy writer")},
		{kind: askLine, name: "proxy_relation", label: say(ctx, "代书人与签署人的关系", "His relation to the signer")},
		{kind: askSome, name: "read_out", label: say(ctx, "宣读", "Read out"), options: []option{{"yes", say(ctx, "已当面宣读", "it was read out to the signer")}}},
		{kind: askDay, name: "until", label: say(ctx, "授权截止日期（无则不填）", "Valid until (may stay empty)")},
		{kind: askFiles, label: say(ctx, "承诺授权书照片", "The letter, photographed")},
	}
}

func letterMade(f filling) (household.Command, error) {
	until, err := f.day("until")
	return household.SignLetter{Letter: f.key, Scope: f.q["scope"], Members: f.q["members"], Signer: f.typed("signer"), Signature: f.typed("signature"),
		ProxyWriter: f.typed("proxy"), ProxyRelation: f.typed("proxy_relation"), ReadOut: f.typed("read_out") == "yes", Until: until, Paper: f.photo()}, err
}

// hitRows are the points that one form of a comparison may raise.
const hitRows = 4

func comparisonFields(ctx context.Context, f filling) []input {
	fields := []input{procedureInput(ctx, f, false), paperField(ctx, "comparison_result"),
		{kind: askSome, name: "sources", label: say(ctx, "比对来源", "Compared with"), options: listOptions(ctx, code.ComparisonSources, false)},
		{kind: askPart, label: say(ctx, "疑点（没有可不填）", "Points to explain (may stay empty)"), hint: say(ctx, "疑点需要核实说明，本身不是不予纳入的理由。", "A point is to be explained; it is no reason to refuse by itself.")}}
	for i := range hitRows {
		n := strconv.Itoa(i + 1)
		fields = append(fields,
			input{kind: askOne, name: "kind_" + n, label: say(ctx, "疑点"+n, "Point "+n), options: listOptions(ctx, code.HitKinds, true)},
			input{kind: askOne, name: "member_" + n, label: say(ctx, "涉及成员", "Member"), options: f.members(ctx, true), first: f.Head},
			input{kind: askOne, name: "source_" + n, label: say(ctx, "来源", "Source"), options: listOptions(ctx, code.ComparisonSources, false)},
			input{kind: askLine, name: "detail_" + n, label: say(ctx, "内容（密封保存）", "Detail (kept sealed)")})
	}
	return fields
}

func comparisonMade(f filling) (household.Command, error) {
	c := household.ReturnComparison{Comparison: f.key, Procedure: policy.Procedure(f.typed("procedure")), Sources: f.q["sources"], Papers: f.exhibits("comparison_result")}
	for i := range hitRows {
		n := strconv.Itoa(i + 1)
		if kind := f.typed("kind_" + n); kind != "" {
			c.Hits = append(c.Hits, household.Hit{ID: f.key + "-" + n, Kind: kind, Member: f.typed("member_" + n), Source: f.typed("source_" + n), Detail: code.Personal(f.typed("detail_" + n))})
		}
	}
	return c, nil
}

// openHits are the points of comparisons that nobody has explained.
func openHits(h household.State) (ids []string) {
	for _, c := range h.Comparisons {
		ids = append(ids, c.Open...)
	}
	return ids
}

func explanationFields(ctx context.Context, f filling) []input {
	var hits []option
	for _, c := range f.Comparisons {
		for i, id := range c.Open {
			hits = append(hits, option{id, date(ctx, c.On) + say(ctx, "比对，疑点", " comparison, point ") + strconv.Itoa(i+1)})
		}
	}
	return []input{
		{kind: askOne, name: "hit", label: say(ctx, "疑点", "Point"), options: hits},
		{kind: askWords, name: "explanation", label: say(ctx, "核实情况", "What was found"), required: true},
		{kind: askOne, name: "accepted", label: say(ctx, "结论", "Conclusion"), options: []option{{"yes", say(ctx, "疑点排除，不影响纳入", "explained, does not stand against it")}, {"no", say(ctx, "疑点未予排除", "it stands")}}},
		{kind: askFiles, label: say(ctx, "证明材料照片", "Proof, photographed")},
	}
}

func explanationMade(f filling) (household.Command, error) {
	return household.ExplainHit{Hit: f.typed("hit"), Explanation: f.text("explanation"), Accepted: f.typed("accepted") == "yes", Paper: f.photo()}, nil
}

func studyFields(ctx context.Context, f filling) []input {
	return []input{procedureInput(ctx, f, false),
		{kind: askWords, name: "opinion", label: say(ctx, "研究意见", "Opinion"), required: true},
		{kind: askOne, name: "result", label: say(ctx, "研究结果", "Result"), options: listOptions(ctx, code.ReviewResults, false)}, paperField(ctx, "minutes")}
}

func studyMade(f filling) (household.Command, error) {
	return household.StudyByCommittees{Procedure: policy.Procedure(f.typed("procedure")), Opinion: f.text("opinion"), Result: code.ReviewResult(f.typed("result")), Papers: f.exhibits("minutes")}, nil
}

package projections

import (
	"fmt"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

func (t *teller) registered(e household.HouseholdRegistered) []string {
	head, n := "", 0
	for _, m := range e.Members {
		if m.Relation == "head" {
			head = m.Name
		}
		if m.Counted {
			n++
		}
	}
	return []string{with("户主", head), fmt.Sprintf("家庭成员%d人，计入%d人", len(e.Members), n), code.Kinds.ZH(string(e.Kind)), with("分户自", e.SplitFrom)}
}

func counted(yes bool) string {
	if yes {
		return "计入家庭人口"
	}
	return "不计入家庭人口"
}

// residence names the four cases of registration and living together (S0.5).
func residence(registered, living bool) string {
	switch {
	case registered && living:
		return "户籍在册、共同生活"
	case registered:
		return "户在人不在"
	case living:
		return "人在户不在"
	}
	return "户籍不在册、不共同生活"
}

func survey(l code.Level) string {
	if l == code.Township {
		return "乡镇入户核实"
	}
	return "入户调查"
}

func findings(e household.HomeSurveyed) []string {
	var said []string
	for _, f := range e.Findings {
		state := "有保障"
		if !f.OK {
			state = "未保障"
		}
		for _, st := range f.Standards {
			if !st.OK {
				state += "，" + code.WaterStandards.ZH(st.Standard) + "不达标"
			}
		}
		if f.LargeRisk && !f.OK {
			state += "，存在较大风险"
		}
		state += with("，预警指标：", f.Indicator.ZH)
		if f.Note != "" {
			state += "（" + string(f.Note) + "）"
		}
		said = append(said, code.Guarantees.ZH(string(f.Guarantee))+state)
	}
	return append(said, string(e.Note), photos(len(e.Photos)), papers(len(e.Papers)))
}

// rigid tells the rigid expenditure of a sheet beside the income of the year
// before.
func rigid(p household.Pressure) string {
	if p.Rigid == 0 {
		return ""
	}
	said := "刚性支出" + yuan(p.Rigid)
	if p.Year != 0 {
		said += fmt.Sprintf("（%d年纯收入%s）", p.Year, yuan(p.Before))
	}
	if p.Exceeds {
		said += "，明显超过上年度收入"
	}
	if p.Shrunk {
		said += "，收入大幅缩减"
	}
	return said
}

func belowRed(e household.RedWarningRaised) string {
	if e.Ground != household.LowIncome {
		return ""
	}
	return "人均纯收入" + yuan(e.PerCapita) + "，预警线" + yuan(e.Line)
}

// payment tells the household's line of a fund's list.
func (t *teller) payment(what string, e household.PaymentLine) []string {
	said := []string{what + "“" + e.Name + "”" + yuan(e.Fen), fmt.Sprintf("受助%d人", e.Persons), with("", e.Condition.Title)}
	if e.Measure != "" {
		said = append(said, "用于措施“"+t.measure(e.Measure)+"”")
	}
	if e.Payee != "" {
		said = append(said, "收款人"+t.name(e.Payee))
	}
	return append(said, string(e.Reason))
}

func photos(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("照片%d张", n)
}

func papers(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("佐证材料%d份", n)
}

func belonging(yes bool) string {
	if yes {
		return "列入"
	}
	return "不再列入"
}

func namesIn(members []household.Member) string {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.Name
	}
	return strings.Join(names, "、")
}

func joined(clues []household.JoinedClue) []string {
	var said []string
	for _, c := range clues {
		said = append(said, c.On.Chinese()+code.Channels.ZH(string(c.Channel))+"："+string(c.Content))
	}
	return said
}

func (t *teller) related(relations []household.Related) string {
	names := make([]string, len(relations))
	for i, r := range relations {
		names[i] = t.name(r.Member) + "为" + code.Relations.ZH(r.Relation)
	}
	return strings.Join(names, "、")
}

// within tells how soon something is to be looked into.
func within(p calendar.Period) string {
	if p.Days == 0 {
		return ""
	}
	return "应在" + p.Chinese() + "以内核实"
}

// finder tells who of the grid found a clue (S2.14).
func finder(f household.Finder) string {
	if f == (household.Finder{}) {
		return ""
	}
	return "发现人：" + code.Finders.ZH(f.As) + f.Name
}

func (t *teller) proxy(e household.LetterSigned) string {
	if e.ProxyWriter == "" {
		return ""
	}
	said := "由" + e.ProxyWriter + "代书"
	if e.ProxyRelation != "" {
		said += "（与签署人关系：" + e.ProxyRelation + "）"
	}
	if e.ReadOut {
		said += "并当面宣读"
	}
	return said
}

func (t *teller) hitsOf(hits []household.Hit) string {
	if len(hits) == 0 {
		return "无疑点"
	}
	said := fmt.Sprintf("疑点%d条：", len(hits))
	for i, h := range hits {
		if i > 0 {
			said += "、"
		}
		said += t.name(h.Member) + code.HitKinds.ZH(h.Kind)
	}
	return said
}

func (t *teller) hit(id string) string {
	if kind := t.hits[id]; kind != "" {
		return kind
	}
	return id
}

func (t *teller) measure(id string) string {
	if content := t.measures[id]; content != "" {
		return content
	}
	return id
}

func (t *teller) recused(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "回避：" + t.namesOf(names)
}

// appraisedWhat says what was appraised.
func appraisedWhat(e household.Appraised) string {
	if e.RollBack {
		return "（风险消除回退）"
	}
	return of(e.Procedure)
}

func accepted(yes bool) string {
	if yes {
		return "不影响识别"
	}
	return "疑点成立"
}

func upheld(yes bool) string {
	if yes {
		return "异议成立"
	}
	return "异议不成立"
}

func inclusion(episode int) string {
	if episode > 1 {
		return fmt.Sprintf("县级审定重新识别纳入（第%d个监测周期）", episode)
	}
	return "县级审定纳入监测对象"
}

func planned(e household.PlanMade) []string {
	var said []string
	for _, m := range e.Measures {
		said = append(said, "拟"+code.MeasureClasses.ZH(string(m.Class))+with("：", m.Content))
	}
	return said
}

func budget(f code.Fen) string {
	if f == 0 {
		return ""
	}
	return "资金" + yuan(f)
}

func amount(f code.Fen) string {
	if f == 0 {
		return ""
	}
	return "到户" + yuan(f)
}

func confirmed(yes bool) string {
	if yes {
		return "农户已确认"
	}
	return ""
}

func line(f code.Fen) string {
	if f == 0 {
		return "当年监测范围未定"
	}
	return "当年监测范围" + yuan(f)
}

// tasks tells what a study wants done.
func (t *teller) tasks(e household.CaseStudied) []string {
	var said []string
	for _, f := range e.FollowUps {
		said = append(said, "落实事项："+string(f.Content)+with("，责任部门", code.Departments.ZH(f.Department))+with("，", by(f.Due, "前")))
	}
	return append(said, t.item(e.Meeting, e.Item))
}

func followed(done bool) string {
	if done {
		return "已落实"
	}
	return "落实中"
}

// handed tells what was open when the household was handed over.
func handed(e household.HandedOver) string {
	if n := len(e.Measures) + len(e.Risks) + len(e.FollowUps); n > 0 {
		return fmt.Sprintf("一并移交未完成事项%d项", n)
	}
	return ""
}

func received(yes bool) string {
	if yes {
		return "确认收到"
	}
	return "反映未收到"
}

// excepted tells the reason given for less than the stated months of stable
// income, and whether it was needed.
func excepted(e household.EliminationProposed) string {
	if e.StableReason == "" {
		return ""
	}
	if e.Excepted {
		return "收入稳定不足规定月数，按例外办理，理由：" + string(e.StableReason)
	}
	return "收入稳定的说明：" + string(e.StableReason)
}

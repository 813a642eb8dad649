package paper

import (
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// DocumentKind is what a document does.
type DocumentKind string

const (
	VillageReport  DocumentKind = "village_report"
	TownshipReview DocumentKind = "township_review"
	CountyDecision DocumentKind = "county_decision"
	ListHandedDown DocumentKind = "list_handed_down"
	Announcement   DocumentKind = "announcement"
	// RollBack withdraws eliminations (风险消除回退), Revocation inclusions (撤销认定).
	RollBack   DocumentKind = "elimination_roll_back"
	Revocation DocumentKind = "inclusion_revocation"
	// ScreeningResult is what a department found when it screened how policy and
	// work are carried out (部门筛查分析, S1.7).
	ScreeningResult DocumentKind = "screening_result"
)

// DocumentKinds with their terms.
var DocumentKinds = code.List{
	{Code: "village_report", ZH: "村级上报名单", EN: "village report"},
	{Code: "township_review", ZH: "乡镇审核意见", EN: "township review"},
	{Code: "county_decision", ZH: "县级审定文件", EN: "county decision"},
	{Code: "list_handed_down", ZH: "返回名单", EN: "list handed down"},
	{Code: "announcement", ZH: "公告", EN: "announcement"},
	{Code: "elimination_roll_back", ZH: "风险消除回退文件", EN: "roll-back of eliminations"},
	{Code: "inclusion_revocation", ZH: "撤销认定文件", EN: "revocation of inclusions"},
	{Code: "screening_result", ZH: "部门筛查结果", EN: "result of a department's screening"},
}

// IssueDocument issues a document over a list of households, with its number
// (文号) where it has one.
type IssueDocument struct {
	Region    string           `json:"region"`
	Kind      DocumentKind     `json:"kind"`
	Procedure policy.Procedure `json:"procedure"`
	Number    string           `json:"number,omitzero"` // 文号
	Title     string           `json:"title"`
	Lines     []DocumentLine   `json:"lines"`
	// Issuer, Executor and Place of an announcement (S2.22).
	Issuer   string          `json:"issuer,omitzero"`
	Executor string          `json:"executor,omitzero"`
	Place    string          `json:"place,omitzero"`
	Paper    code.Attachment `json:"paper,omitzero"`
	// Screening is what was screened, of a screening result; its lines are the
	// households at which a problem was found, and there may be none.
	Screening Screening `json:"screening,omitzero"`
}

// DocumentLine is one household on the document; what a kind does not need
// stays empty.
type DocumentLine struct {
	Household  string                `json:"household"`
	Result     code.ReviewResult     `json:"result,omitzero"`
	Opinion    code.Text             `json:"opinion,omitzero"`
	Class      code.Class            `json:"class,omitzero"`
	Risks      []code.Risk           `json:"risks,omitzero"`
	Monitoring household.Responsible `json:"monitoring_officer,omitzero"`
	Assistance household.Responsible `json:"assistance_officer,omitzero"`
	Way        string                `json:"way,omitzero"`
	// ReturnTo: the household's line goes back to the step (退回), for the opinion's
	// reason, and the others go on.
	ReturnTo policy.Step `json:"return_to,omitzero"`
}

// DocumentIssued: the document was issued.
type DocumentIssued IssueDocument

func (IssueDocument) isPaperCommand() {}
func (DocumentIssued) isPaperEvent()  {}

func (s State) issueDocument(c IssueDocument) ([]Event, error) {
	households := make([]string, len(c.Lines))
	for i, line := range c.Lines {
		households[i] = line.Household
	}
	if c.Kind == ScreeningResult && len(c.Lines) == 0 {
		if err := s.opened(c.Region); err != nil {
			return nil, err
		}
	} else if err := s.frozen(c.Region, households); err != nil {
		return nil, err
	}
	if _, ok := DocumentKinds.Find(string(c.Kind)); !ok {
		return refuse(policy.Malformed, "材料种类“%s”不在代码表中", c.Kind)
	}
	if err := listed(policy.Procedures, string(c.Procedure), "程序"); err != nil {
		return nil, err
	}
	if err := c.screened(); err != nil {
		return nil, err
	}
	if c.Number == "" && (c.Kind == CountyDecision || c.Kind == RollBack || c.Kind == Revocation) {
		return refuse(policy.Malformed, "%s须有文号", DocumentKinds.ZH(string(c.Kind)))
	}
	if c.Kind == RollBack && c.Procedure != policy.Elimination || c.Kind == Revocation && c.Procedure != policy.Inclusion {
		return refuse(policy.Malformed, "风险消除回退属于风险消除程序，撤销认定属于识别纳入程序")
	}
	for i, line := range c.Lines {
		if err := c.decided(i+1, line); err != nil {
			return nil, err
		}
	}
	if c.Kind == Announcement {
		if c.Issuer == "" || c.Executor == "" {
			return refuse(policy.Malformed, "公告须写明发布机构和执行机构")
		}
		for _, text := range []string{c.Title, c.Place} {
			if err := visible(text, "公告"); err != nil {
				return nil, err
			}
		}
	}
	return []Event{DocumentIssued(c)}, nil
}

// decided checks one line of a review or decision.
func (c IssueDocument) decided(n int, line DocumentLine) error {
	if c.Kind != TownshipReview && c.Kind != CountyDecision {
		switch {
		case line.ReturnTo != "":
			return policy.Refuse(policy.Malformed, "名单第%d行：只有审核和审定可以退回", n)
		case line.Opinion == "" && (c.Kind == RollBack || c.Kind == Revocation):
			return policy.Refuse(policy.Malformed, "名单第%d行须写明原因", n)
		}
		return nil
	}
	if line.ReturnTo != "" {
		if line.Result != "" || line.Opinion == "" {
			return policy.Refuse(policy.Malformed, "名单第%d行退回，须写明原因，不另写结果", n)
		}
		return listed(policy.Steps, string(line.ReturnTo), "退回环节")
	}
	if err := listed(code.ReviewResults, string(line.Result), "审核结果"); err != nil {
		return err
	}
	if line.Opinion == "" && (c.Kind == TownshipReview || line.Result != code.Pass) {
		return policy.Refuse(policy.Malformed, "名单第%d行须写明意见", n)
	}
	if c.Kind == TownshipReview && line.Class != "" && c.Procedure == policy.Inclusion && line.Result == code.Pass {
		return listed(code.Classes, string(line.Class), "监测对象类别")
	}
	if c.Kind == TownshipReview || line.Result != code.Pass {
		return nil
	}
	if c.Procedure == policy.Elimination {
		return listed(code.EliminationWays, line.Way, "消除方式")
	}
	for _, risk := range line.Risks {
		if err := listed(code.Risks, string(risk), "风险类型"); err != nil {
			return err
		}
	}
	return listed(code.Classes, string(line.Class), "监测对象类别")
}

func (e DocumentIssued) lines(id string) []Line {
	lines := make([]Line, len(e.Lines))
	for i, l := range e.Lines {
		lines[i] = Line{l.Household, e.command(id, i+1, l)}
	}
	return lines
}

func (e DocumentIssued) command(id string, item int, l DocumentLine) household.Command {
	if l.ReturnTo != "" {
		by := code.Township
		if e.Kind == CountyDecision {
			by = code.County
		}
		return household.ReturnCase{Procedure: e.Procedure, By: by, To: l.ReturnTo, Reason: l.Opinion, Document: id, Item: item}
	}
	switch e.Kind {
	case ScreeningResult:
		return e.finding(id, item, l)
	case VillageReport:
		return household.ReportByVillage{Procedure: e.Procedure, Document: id, Item: item}
	case TownshipReview:
		return household.ReviewByTownship{Procedure: e.Procedure, Document: id, Item: item, Result: l.Result, Opinion: l.Opinion, Class: e.proposes(l)}
	case RollBack:
		return household.RollBackElimination{Document: id, Item: item, Reason: l.Opinion}
	case Revocation:
		return household.RevokeInclusion{Document: id, Item: item, Reason: l.Opinion}
	case ListHandedDown:
		return household.HandDownList{Procedure: e.Procedure, Document: id, Item: item}
	case Announcement:
		return household.Announce{Procedure: e.Procedure, Document: id, Item: item, Issuer: e.Issuer, Executor: e.Executor, Place: e.Place}
	case CountyDecision:
		if e.Procedure == policy.Elimination {
			return household.DecideElimination{Document: id, Item: item, Result: l.Result, Way: l.Way, Reason: l.Opinion}
		}
		return household.DecideInclusion{Document: id, Item: item, Result: l.Result, Class: l.Class, Risks: l.Risks,
			Monitoring: l.Monitoring, Assistance: l.Assistance, Reason: l.Opinion}
	}
	return nil
}

// proposes is the class that a review's line proposes: only where it lets an
// inclusion pass.
func (e DocumentIssued) proposes(l DocumentLine) code.Class {
	if e.Procedure != policy.Inclusion || l.Result != code.Pass {
		return ""
	}
	return l.Class
}

package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// StudyByCommittees records that the village's two committees studied the list
// (两委研究, S2.20). It is another act than the appraisal.
type StudyByCommittees struct {
	Procedure policy.Procedure `json:"procedure"`
	Opinion   code.Text        `json:"opinion,omitzero"`
	// Meeting is the paper where the committees studied a list: empty for a study
	// entered for one household alone.
	Meeting   string `json:"meeting,omitzero"`
	Item      int    `json:"item,omitzero"`
	PaperHash string `json:"paper_hash,omitzero"`
	// Result: whether the committees put the household to the appraisal; empty
	// where only an opinion was noted.
	Result code.ReviewResult `json:"result,omitzero"`
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`

	Carries []string `json:"-"` // kinds of papers of the meeting
}

// CommitteesStudied: the two committees studied the household.
type CommitteesStudied StudyByCommittees

// RecordAppraisal is the household's line of an appraisal meeting (民主评议). The
// meeting is a paper of its own; its numbers are handed over with the line.
type RecordAppraisal struct {
	Procedure policy.Procedure  `json:"procedure"`
	Meeting   string            `json:"meeting"`
	Item      int               `json:"item"`
	For       int               `json:"for"`
	Against   int               `json:"against"`
	Abstained int               `json:"abstained"`
	Recused   []string          `json:"recused,omitzero"` // who left the room for this household (回避)
	Result    code.ReviewResult `json:"result"`
	PaperHash string            `json:"paper_hash"` // SHA-256 of the meeting's event
	// RollBack: what was appraised is whether an elimination be rolled back (取消风险
	// 消除标注), not whether the risk is eliminated.
	RollBack bool `json:"roll_back,omitzero"`

	Present  int      `json:"-"` // of the meeting
	Entitled int      `json:"-"`
	Seats    []string `json:"-"` // capacities present
	Stayed   []string `json:"-"` // person ids of those who did not leave the room
	Carries  []string `json:"-"` // kinds of its papers: policy.EvidenceKinds
}

// Appraised: the village appraised the household.
type Appraised struct {
	Procedure policy.Procedure  `json:"procedure"`
	Meeting   string            `json:"meeting"`
	Item      int               `json:"item"`
	For       int               `json:"for"`
	Against   int               `json:"against"`
	Abstained int               `json:"abstained"`
	Recused   []string          `json:"recused,omitzero"`
	Result    code.ReviewResult `json:"result"`
	PaperHash string            `json:"paper_hash"`
	RollBack  bool              `json:"roll_back,omitzero"`
}

func (StudyByCommittees) isCommand() {}
func (RecordAppraisal) isCommand()   {}
func (CommitteesStudied) isEvent()   {}
func (Appraised) isEvent()           {}

func (r *ruling) studyByCommittees(c StudyByCommittees) []Event {
	if c.Result != "" {
		r.known(code.ReviewResults, string(c.Result), "研究结果")
	}
	r.step(c.Procedure, policy.CommitteeStudy)
	r.evidence(c.Procedure, policy.CommitteeStudy, append(r.exhibits(c.Papers), c.Carries...)...)
	c.Carries = nil // they stand with the meeting
	return []Event{CommitteesStudied(c)}
}

func (r *ruling) recordAppraisal(c RecordAppraisal) []Event {
	r.known(code.ReviewResults, string(c.Result), "评议结果")
	if c.Meeting == "" || c.For < 0 || c.Against < 0 || c.Abstained < 0 {
		return r.refuse(policy.Malformed, "评议记录缺少会议或票数有误")
	}
	if votes := c.For + c.Against + c.Abstained + len(c.Recused); votes > c.Present {
		return r.refuse(policy.Malformed, "票数%d超过到会人数%d", votes, c.Present)
	}
	if c.RollBack && !r.rollBackInQuestion(c.Procedure) {
		return r.refuse(policy.CaseNotEliminated, "该户风险尚未消除，无从评议回退")
	}
	rule := r.pack.Appraisal
	if c.Present*rule.QuorumDenominator < c.Entitled*rule.QuorumNumerator {
		r.fails(policy.AppraisalBelowQuorum, "应到%d人，实到%d人，不足%d/%d", c.Entitled, c.Present, rule.QuorumNumerator, rule.QuorumDenominator)
	}
	for _, seat := range rule.Composition {
		if rule.Seated(c.Procedure) && !has(c.Seats, seat) {
			r.fails(policy.AppraisalComposition, "评议会没有%s参加", code.AttendeeCapacities.ZH(seat))
		}
	}
	r.kinStayed(c)
	if !c.RollBack {
		r.step(c.Procedure, policy.Appraisal)
		r.evidence(c.Procedure, policy.Appraisal, c.Carries...)
	} else if step, ok := r.pack.StepRule(policy.Elimination, policy.Appraisal); ok {
		r.entitled(policy.Steps.ZH(string(policy.Appraisal)), "", step.Capacities...)
	}
	return []Event{Appraised{Procedure: c.Procedure, Meeting: c.Meeting, Item: c.Item, For: c.For, Against: c.Against,
		Abstained: c.Abstained, Recused: c.Recused, Result: c.Result, PaperHash: c.PaperHash, RollBack: c.RollBack}}
}

// rollBackInQuestion: a roll-back is appraised of a household whose elimination
// stands; it is no step of the elimination that it would undo. The same meeting
// may appraise the household's re-inclusion as well (DOMAIN 2.5).
func (r *ruling) rollBackInQuestion(of policy.Procedure) bool {
	e := r.s.includedOn(r.act.Happened)
	return of == policy.Elimination && e != nil && e.Eliminated != 0 && r.act.Happened >= e.Eliminated
}

func has(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

func (s *State) appraised(f Fact, e Appraised) {
	if e.RollBack {
		return
	}
	_, ch := s.chainResult(e.Procedure, policy.Appraisal, f, e.Meeting, string(e.Result))
	if ch == nil || ch.superseded(policy.Appraisal, f.Happened()) || ch.Appraisal != nil && f.Happened() < ch.Appraisal.On {
		return
	}
	ch.Appraisal = &Line{Meeting: e.Meeting, On: f.Happened(), Result: e.Result}
}

// appraisalPassed flags steps that go on although the appraisal did not pass.
func (r *ruling) appraisalPassed(ch *Chain) {
	if ch.Appraisal != nil && ch.Appraisal.Result == code.Reject && ch.Appraisal.On <= r.act.Happened {
		r.fails(policy.AppraisalRejected, "民主评议未通过（%s）", ch.Appraisal.On.Chinese())
	}
}

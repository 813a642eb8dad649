package projections

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// owed lists what is owed by the file as it stands. A household that exists no
// more owes nothing; whoever sent a clue about nobody is still owed its result.
func (d *dossier) owed() []owedItem {
	if d.Closed != 0 && !d.Unconfirmed {
		return nil
	}
	var items []owedItem
	items = append(items, d.clues()...)
	items = append(items, d.documents()...)
	for i := range d.Episodes {
		e := &d.Episodes[i]
		if e.Revoked != 0 {
			continue
		}
		if current := i == len(d.Episodes)-1; current {
			items = append(items, d.current(e)...)
		}
		items = append(items, d.decided(e)...)
		if !e.Brought {
			items = append(items, d.chain(e, policy.Inclusion, &e.Inclusion, e.Included == 0 && e.Rejected == 0)...)
		}
		if n := len(e.Attempts); n > 0 {
			items = append(items, d.chain(e, policy.Elimination, &e.Attempts[n-1], e.Eliminated == 0)...)
		}
	}
	items = append(items, d.followUps()...)
	items = append(items, d.shortfalls()...)
	items = append(items, d.fallen()...)
	for _, w := range d.RedWarnings {
		if w.Ended == 0 {
			items = append(items, owedItem{kind: OwedRedWarning, level: household.AnswersWarnings, since: w.Since, detail: household.GroundName(w.Ground)})
		}
	}
	for _, c := range d.Comparisons {
		if len(c.Open) > 0 {
			items = append(items, owedItem{kind: OwedHit, level: household.ExplainsHits, step: policy.Comparison, since: c.On,
				detail: fmt.Sprintf("%d条疑点尚未核实", len(c.Open))})
		}
	}
	return items
}

// clues: S2.17, what a department reported is verified and fed back.
func (d *dossier) clues() []owedItem {
	var items []owedItem
	if d.Unconfirmed && d.Closed == 0 && len(d.Clues) > 0 {
		items = append(items, owedItem{kind: OwedUnconfirmed, level: household.KeepsFiles, since: d.Clues[0].On, detail: "登记建档、关联到已有农户或办结"})
	}
	for _, c := range d.Clues {
		switch {
		case c.JoinedTo != "": // another household's file answers it
		case c.Result == "" && c.Office == "":
			items = append(items, owedItem{kind: OwedClueCheck, level: household.SendsCluesOut, step: policy.Clue, since: c.On, detail: "线索尚未分发"}.answered(c))
		case c.Result == "":
			items = append(items, owedItem{kind: OwedClueCheck, level: household.VerifiesClues, step: policy.Clue, since: c.On, due: c.Due, office: c.Office}.answered(c))
		case d.FeedbackDue(c):
			items = append(items, owedItem{kind: OwedClueFeedback, level: household.SendsCluesOut, step: policy.Clue, since: max(c.On, c.Verified),
				detail: code.ClueResults.ZH(c.Result)})
		}
	}
	for _, a := range d.Applicants {
		if refused := d.Untold(a); refused != 0 {
			items = append(items, owedItem{kind: OwedClueFeedback, level: code.County, step: policy.Application, since: refused, detail: "申请未纳入，告知申请人结果和理由"})
		}
	}
	return items
}

// answered sets the day by which a clue is to be verified where the way it came
// asks for that (快速响应, S4.9); whoever sent it out may have set an earlier one.
func (o owedItem) answered(c household.Clue) owedItem {
	o.within(c.Within, c.On)
	return o
}

func (d *dossier) documents() []owedItem {
	var items []owedItem
	for _, m := range d.Members {
		if m.ID == d.Head && m.Left != 0 && d.HeadMissing() {
			items = append(items, owedItem{kind: OwedHead, level: household.KeepsFiles, since: m.Left, detail: m.Name + "：" + code.LeaveReasons.ZH(m.Why)})
		}
		if m.NoDocument != "" && m.Left == 0 {
			items = append(items, owedItem{kind: OwedDocument, level: household.KeepsFiles, since: d.papers[m.ID],
				detail: m.Name + "：" + code.NoDocumentReasons.ZH(m.NoDocument)})
		}
	}
	return items
}

// current is what the episode under way owes besides its steps.
func (d *dossier) current(e *household.Episode) []owedItem {
	var items []owedItem
	pack := d.packs[e.Pack.SHA256]
	if e.ReturnedTo != "" {
		item := owedItem{kind: OwedReturned, level: pack.LevelOf("", e.ReturnedTo), step: e.ReturnedTo, since: d.returned, detail: string(e.ReturnedReason)}
		item.within(stepLimit(pack, "", e.ReturnedTo), d.returned)
		items = append(items, item)
	}
	if green := d.GreenOf(e); green != nil && e.Included == 0 && e.Rejected == 0 {
		items = append(items, owedItem{kind: OwedGreen, level: household.KeepsFiles, since: green.Opened, due: green.OwedBy})
	}
	if e.Included != 0 && e.Eliminated == 0 && e.Plan == 0 && !e.Brought {
		item := owedItem{kind: OwedPlan, level: pack.LevelOf(policy.Assistance, policy.Plan), procedure: policy.Assistance, step: policy.Plan, since: e.Included}
		item.within(pack.PlanDue.Period(), e.Included)
		item.within(stepLimit(pack, policy.Assistance, policy.Plan), e.Included)
		items = append(items, item)
	}
	return append(items, d.help(e, pack)...)
}

// decided is what must follow the county's decisions.
func (d *dossier) decided(e *household.Episode) []owedItem {
	if e.Brought && e.Eliminated == 0 {
		return nil
	}
	pack := d.packs[e.Pack.SHA256]
	var items []owedItem
	add := func(kind OwedKind, of policy.Procedure, step policy.Step, decided, done calendar.Day) {
		if decided == 0 || done != 0 {
			return
		}
		if _, known := pack.StepRule(of, step); known || pack.Name == "" {
			item := owedItem{kind: kind, level: pack.LevelOf(of, step), procedure: of, step: step, since: decided}
			item.within(stepLimit(pack, of, step), decided)
			items = append(items, item)
		}
	}
	if !e.Brought {
		add(OwedAnnouncement, policy.Inclusion, policy.Announcement, e.Included, e.Announced)
		add(OwedEntry, policy.Inclusion, policy.SystemEntry, e.Included, e.Entered)
	}
	add(OwedAnnouncement, policy.Elimination, policy.Announcement, e.Eliminated, e.ElimAnnounced)
	add(OwedMark, policy.Elimination, policy.SystemMark, e.Eliminated, e.Marked)
	return items
}

// chain is what one run through a procedure owes: the notice, earlier papers,
// and the next step while it is open.
func (d *dossier) chain(e *household.Episode, of policy.Procedure, c *household.Chain, open bool) []owedItem {
	pack, ok := d.packs[e.Pack.SHA256]
	items := noticeOwed(of, c, pack)
	if !ok {
		return items
	}
	steps := pack.Steps(of)
	last := -1
	for i, s := range steps {
		if c.Find(s.Step) != nil {
			last = i
		}
	}
	if last < 0 {
		return items
	}
	for i, s := range steps[:last] {
		if s.Optional || d.StepStands(e, of, c, s.Step) || e.ReturnedTo == s.Step {
			continue
		}
		items = append(items, owedItem{kind: OwedEarlierPaper, level: s.Level, procedure: of, step: s.Step, since: laterDone(c, steps[i+1:]),
			detail: policy.Steps.ZH(string(s.Step))})
	}
	if open && e.ReturnedTo == "" {
		items = append(items, d.next(e, of, c, pack, last)...)
	}
	return items
}

// next is the next required step of a run that is not decided yet.
func (d *dossier) next(e *household.Episode, of policy.Procedure, c *household.Chain, pack policy.Pack, last int) []owedItem {
	steps := pack.Steps(of)
	done := c.Find(steps[last].Step)
	if refusedAnywhere(c) {
		return endOwed(of, c, pack)
	}
	for _, s := range steps[last+1:] {
		if s.Optional || d.StepStands(e, of, c, s.Step) {
			continue
		}
		item := owedItem{kind: OwedNextStep, level: s.Level, procedure: of, step: s.Step, since: done.On, detail: policy.Steps.ZH(string(s.Step))}
		if n := c.Notice; n != nil && n.Removed == 0 && n.Struck == 0 {
			item.from = max(done.On, noticeEnd(n)) // the next step waits for the notice
		}
		if of == policy.Inclusion {
			item.within(pack.Chain.Period(), e.OpenedOn)
		}
		if s.Limit != nil {
			item.within(s.Limit.Period(), max(done.On, item.from))
		}
		if applied := c.Find(policy.Application); applied != nil && s.Step == policy.HomeSurvey && of == policy.Inclusion {
			answer, _ := pack.Response(applied.Result)
			item.within(answer.Period(), applied.On)
		}
		return []owedItem{item}
	}
	return nil
}

// endOwed: an inclusion whose appraisal did not pass ends with its reason, or is
// appraised again; until then nobody knows where it stands.
func endOwed(of policy.Procedure, c *household.Chain, pack policy.Pack) []owedItem {
	d := c.Find(policy.Appraisal)
	if of != policy.Inclusion || d == nil || d.Result != string(code.Reject) {
		return nil
	}
	return []owedItem{{kind: OwedEnding, level: pack.LevelOf(of, policy.Appraisal), procedure: of, step: policy.Appraisal, since: d.On,
		detail: "民主评议未通过：登记识别终止并告知农户，或重新评议"}}
}

// refusedAnywhere says whether the appraisal, the township or the county said
// no: such a run has no next step.
func refusedAnywhere(c *household.Chain) bool {
	for _, step := range []policy.Step{policy.Appraisal, policy.TownshipReview, policy.CountyDecision} {
		if d := c.Find(step); d != nil && d.Result == string(code.Reject) {
			return true
		}
	}
	return false
}

func noticeOwed(of policy.Procedure, c *household.Chain, pack policy.Pack) []owedItem {
	n := c.Notice
	if n == nil {
		return nil
	}
	var items []owedItem
	if n.Removed == 0 && n.Struck == 0 {
		item := owedItem{kind: OwedNoticeDown, level: pack.LevelOf(of, policy.Notice), procedure: of, step: policy.Notice, since: n.Posted, from: noticeEnd(n), paper: n.Notice}
		item.within(n.Period(), n.Posted)
		items = append(items, item)
	}
	for _, o := range n.Objections {
		if o.Answered == 0 {
			items = append(items, owedItem{kind: OwedObjection, level: household.AnswersObjections, procedure: of, step: policy.Notice, since: o.On, paper: n.Notice})
		}
	}
	return items
}

// laterDone is the first day on which one of the later steps was done.
func laterDone(c *household.Chain, later []policy.StepRule) calendar.Day {
	var first calendar.Day
	for _, s := range later {
		if d := c.Find(s.Step); d != nil && (first == 0 || d.On < first) {
			first = d.On
		}
	}
	return first
}

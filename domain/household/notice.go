package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// PostNotice is the household's line of a notice sheet (公示) going up. The sheet
// is a paper of its own.
type PostNotice struct {
	Procedure policy.Procedure `json:"procedure"`
	Notice    string           `json:"notice"`
	Item      int              `json:"item"`
	Place     string           `json:"place"`
	PaperHash string           `json:"paper_hash"`
	Class     code.Class       `json:"class,omitzero"` // as it hangs on the wall

	Photo bool `json:"-"` // the sheet was photographed as it went up
}

// NoticePosted: the village posted the household's line. The period that
// applied is part of the fact.
type NoticePosted struct {
	Procedure policy.Procedure `json:"procedure"`
	Notice    string           `json:"notice"`
	Item      int              `json:"item"`
	Place     string           `json:"place"`
	PaperHash string           `json:"paper_hash"`
	Days      int              `json:"days_required"`
	Count     string           `json:"count"`
	// Extend: by so many days an objection extends the period for the line.
	Extend int `json:"extend_days,omitzero"`
	// Class as it stood on the sheet; another one later needs a sheet of its own.
	Class code.Class `json:"class,omitzero"`
}

// RaiseObjection records an objection to the household's line (异议). Who raised it
// is sealed elsewhere, under a key of its own.
type RaiseObjection struct {
	Notice    string    `json:"notice"`
	Objection string    `json:"objection"`
	Content   code.Text `json:"content"`
}

// NoticeObjected: somebody objected; the line's next step waits.
type NoticeObjected RaiseObjection

// AnswerObjection answers an objection after the inquiry (异议答复).
type AnswerObjection struct {
	Notice    string    `json:"notice"`
	Objection string    `json:"objection"`
	Upheld    bool      `json:"upheld"`
	Findings  code.Text `json:"findings"`
}

// ObjectionAnswered: the objector was told what the inquiry found.
type ObjectionAnswered AnswerObjection

// StrikeNoticeLine takes one household off the sheet; the others stay.
type StrikeNoticeLine struct {
	Notice string    `json:"notice"`
	Reason code.Text `json:"reason"`
}

// NoticeLineStruck: the line was struck; only it needs a new sheet.
type NoticeLineStruck StrikeNoticeLine

// RemoveNotice is the sheet coming down, for the household's line.
type RemoveNotice struct {
	Notice string `json:"notice"`

	Photo bool `json:"-"` // the sheet was photographed as it came down
}

// NoticeRemoved: the sheet came down; Days is removal day minus posting day,
// calendar days whatever the pack counts by.
type NoticeRemoved struct {
	Notice string       `json:"notice"`
	Posted calendar.Day `json:"posted"`
	Days   int          `json:"days"`
}

func (PostNotice) isCommand()       {}
func (RaiseObjection) isCommand()   {}
func (AnswerObjection) isCommand()  {}
func (StrikeNoticeLine) isCommand() {}
func (RemoveNotice) isCommand()     {}
func (NoticePosted) isEvent()       {}
func (NoticeObjected) isEvent()     {}
func (ObjectionAnswered) isEvent()  {}
func (NoticeLineStruck) isEvent()   {}
func (NoticeRemoved) isEvent()      {}

// postNotice: 公示 after the appraisal, for the days the pack says (S2.19, S2.20).
func (r *ruling) postNotice(c PostNotice) []Event {
	if c.Notice == "" || c.Place == "" {
		return r.refuse(policy.Malformed, "公示须写明公示单和张贴地点")
	}
	ch := r.step(c.Procedure, policy.Notice)
	if ch.Appraisal != nil && ch.Appraisal.On > r.act.Happened {
		r.fails(policy.NoticeBeforeAppraisal, "公示早于%s的民主评议", ch.Appraisal.On.Chinese())
	}
	r.appraisalPassed(ch)
	r.photographed(c.Procedure, c.Photo, "张贴")
	return []Event{NoticePosted{Procedure: c.Procedure, Notice: c.Notice, Item: c.Item, Place: c.Place,
		PaperHash: c.PaperHash, Days: r.pack.Notice.Days, Count: r.pack.Notice.Count, Extend: r.pack.Notice.ExtendDays, Class: c.Class}}
}

func (s *State) noticePosted(f Fact, e NoticePosted) {
	_, ch := s.chainResult(e.Procedure, policy.Notice, f, e.Notice, "")
	if ch == nil {
		return
	}
	line := &NoticeLine{Notice: e.Notice, Procedure: e.Procedure, Posted: f.Happened(), Days: e.Days, Count: e.Count, Extend: e.Extend, Class: e.Class}
	if ch.superseded(policy.Notice, line.Posted) || ch.Notice != nil && line.Posted < ch.Notice.Posted {
		ch.Past = append(ch.Past, line) // an older sheet, typed late
		return
	}
	ch.retireNotice()
	ch.Notice = line
}

// retireNotice sets the line aside: its sheet may still be objected to or come
// down, but it no longer stands for the household's notice.
func (c *Chain) retireNotice() {
	if c.Notice != nil {
		c.Past = append(c.Past, c.Notice)
		c.Notice = nil
	}
}

// noticeLine finds the line by its sheet, in whatever procedure.
func (s *State) noticeLine(notice string) *NoticeLine {
	for i := len(s.Episodes) - 1; i >= 0; i-- {
		e := &s.Episodes[i]
		chains := []*Chain{&e.Inclusion, &e.Help}
		for j := range e.Attempts {
			chains = append(chains, &e.Attempts[j])
		}
		for _, ch := range chains {
			if ch.Notice != nil && ch.Notice.Notice == notice {
				return ch.Notice
			}
			for _, past := range ch.Past {
				if past.Notice == notice {
					return past
				}
			}
		}
	}
	return nil
}

func (r *ruling) posted(notice string) *NoticeLine {
	n := r.s.noticeLine(notice)
	if n == nil {
		r.refuse(policy.PaperLineUnknown, "该户不在这张公示单上")
	}
	return n
}

func (r *ruling) raiseObjection(c RaiseObjection) []Event {
	if c.Objection == "" || c.Content == "" {
		return r.refuse(policy.Malformed, "异议须有编号和内容")
	}
	if n := r.posted(c.Notice); n != nil {
		for _, o := range n.Objections {
			if o.ID == c.Objection {
				return r.refuse(policy.Malformed, "异议编号重复")
			}
		}
		if r.act.Happened < n.Posted {
			r.fails(policy.OrderDates, "异议早于公示张贴日%s", n.Posted.Chinese())
		}
	}
	return []Event{NoticeObjected(c)}
}

func (s *State) noticeObjected(f Fact, e NoticeObjected) {
	if n := s.noticeLine(e.Notice); n != nil {
		n.Objections = append(n.Objections, Objection{ID: e.Objection, On: f.Happened()})
	}
}

func (r *ruling) answerObjection(c AnswerObjection) []Event {
	if c.Findings == "" {
		return r.refuse(policy.Malformed, "异议答复须写明调查情况")
	}
	if n := r.posted(c.Notice); n != nil {
		for _, o := range n.Objections {
			if o.ID == c.Objection && o.Answered == 0 {
				r.inquired(o)
				return []Event{ObjectionAnswered(c)}
			}
		}
	}
	return r.refuse(policy.PaperLineUnknown, "没有这条未答复的异议")
}

func (s *State) objectionAnswered(f Fact, e ObjectionAnswered) {
	if n := s.noticeLine(e.Notice); n != nil {
		for i := range n.Objections {
			if n.Objections[i].ID == e.Objection {
				n.Objections[i].Answered, n.Objections[i].Upheld = f.Happened(), e.Upheld
			}
		}
	}
}

func (r *ruling) strikeNoticeLine(c StrikeNoticeLine) []Event {
	if n := r.posted(c.Notice); n != nil && n.Struck != 0 {
		return r.refuse(policy.PaperClosed, "该户已从这张公示单划去")
	}
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "划去须写明原因")
	}
	return []Event{NoticeLineStruck(c)}
}

func (s *State) noticeLineStruck(f Fact, e NoticeLineStruck) {
	if n := s.noticeLine(e.Notice); n != nil {
		n.Struck = f.Happened()
	}
}

func (r *ruling) removeNotice(c RemoveNotice) []Event {
	n := r.posted(c.Notice)
	if n == nil {
		return nil
	}
	switch {
	case n.Removed != 0:
		return r.refuse(policy.PaperClosed, "这张公示单已撤下")
	case r.act.Happened < n.Posted:
		return r.refuse(policy.Malformed, "撤下日期早于张贴日期%s", n.Posted.Chinese())
	}
	r.noticePeriod(n, r.act.Happened, policy.NoticeTooShort)
	r.photographed(n.Procedure, c.Photo, "撤下")
	return []Event{NoticeRemoved{Notice: c.Notice, Posted: n.Posted, Days: int(r.act.Happened - n.Posted)}}
}

func (s *State) noticeRemoved(f Fact, e NoticeRemoved) {
	if n := s.noticeLine(e.Notice); n != nil {
		n.Removed = f.Happened()
	}
}

package paper

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// PostSheet posts a notice sheet (公示单): a frozen list at a place. Risk types and
// personal numbers never stand on it (DOMAIN 3.2).
type PostSheet struct {
	Region    string           `json:"region"`
	Procedure policy.Procedure `json:"procedure"`
	Title     string           `json:"title"`
	Place     string           `json:"place"`
	Phone     string           `json:"phone"` // office's, for objections
	Lines     []SheetLine      `json:"lines"`
	Photo     code.Attachment  `json:"photo,omitzero"`
	Replaces  string           `json:"replaces,omitzero"`
}

// SheetLine is one household as it hangs on the wall.
type SheetLine struct {
	Household string     `json:"household"`
	Head      string     `json:"head"` // name of the head
	Persons   int        `json:"persons"`
	Class     code.Class `json:"class,omitzero"`
}

// SheetPosted: the sheet went up.
type SheetPosted PostSheet

// RaiseSheetObjection records an objection to a line (异议). Who raised it is sealed
// under a key of its own, outside the household's stream.
type RaiseSheetObjection struct {
	Objection string        `json:"objection"`
	Household string        `json:"household"`
	Content   code.Text     `json:"content"`
	Objector  code.Personal `json:"objector,omitzero"`
	Contact   code.Personal `json:"contact,omitzero"`
}

// SheetObjected: somebody objected.
type SheetObjected RaiseSheetObjection

// AnswerSheetObjection answers an objection after inquiry.
type AnswerSheetObjection struct {
	Objection string    `json:"objection"`
	Household string    `json:"household"`
	Upheld    bool      `json:"upheld"`
	Findings  code.Text `json:"findings"`
}

// SheetObjectionAnswered: the objector was told what was found.
type SheetObjectionAnswered AnswerSheetObjection

// StrikeSheetLine strikes one line; the others stay.
type StrikeSheetLine struct {
	Household string    `json:"household"`
	Reason    code.Text `json:"reason"`
}

// SheetLineStruck: the line was struck.
type SheetLineStruck StrikeSheetLine

// RemoveSheet takes the sheet down.
type RemoveSheet struct {
	Photo code.Attachment `json:"photo,omitzero"`
}

// SheetRemoved: the sheet came down. Standing are the households whose lines
// stood to the end.
type SheetRemoved struct {
	Photo    code.Attachment `json:"photo,omitzero"`
	Posted   calendar.Day    `json:"posted"`
	Standing []string        `json:"standing"`
}

func (PostSheet) isPaperCommand()            {}
func (RaiseSheetObjection) isPaperCommand()  {}
func (AnswerSheetObjection) isPaperCommand() {}
func (StrikeSheetLine) isPaperCommand()      {}
func (RemoveSheet) isPaperCommand()          {}
func (SheetPosted) isPaperEvent()            {}
func (SheetObjected) isPaperEvent()          {}
func (SheetObjectionAnswered) isPaperEvent() {}
func (SheetLineStruck) isPaperEvent()        {}
func (SheetRemoved) isPaperEvent()           {}

// Publishable refuses a sheet on which something stands that must not hang on a
// wall: before it is printed, and when it is posted.
func (c PostSheet) Publishable() error {
	for _, line := range c.Lines {
		if err := visible(line.Head, "公示名单"); err != nil {
			return err
		}
	}
	for _, text := range []string{c.Title, c.Place} {
		if err := visible(text, "公示文本"); err != nil {
			return err
		}
	}
	// An office's telephone may be a mobile one; anything else is a slip.
	if kind := code.PersonalNumber(c.Phone); kind != "" && kind != code.MobileNumber {
		return policy.Refuse(policy.PersonalInText, "公示电话中有%s，不得公开", kind)
	}
	return nil
}

func (s State) postSheet(c PostSheet) ([]Event, error) {
	if err := c.Publishable(); err != nil {
		return nil, err
	}
	households := make([]string, len(c.Lines))
	for i, line := range c.Lines {
		households[i] = line.Household
		if line.Head == "" || line.Persons < 1 {
			return refuse(policy.Malformed, "公示名单第%d行须写明户主和人数", i+1)
		}
		if line.Class != "" {
			if err := listed(code.Classes, string(line.Class), "监测对象类别"); err != nil {
				return nil, err
			}
		}
	}
	if err := s.frozen(c.Region, households); err != nil {
		return nil, err
	}
	if c.Place == "" {
		return refuse(policy.Malformed, "公示须写明张贴地点")
	}
	if err := listed(policy.Procedures, string(c.Procedure), "程序"); err != nil {
		return nil, err
	}
	return []Event{SheetPosted(c)}, nil
}

func (e SheetPosted) lines(id, hash string) []Line {
	lines := make([]Line, len(e.Lines))
	for i, line := range e.Lines {
		lines[i] = Line{line.Household, household.PostNotice{Procedure: e.Procedure, Notice: id, Item: i + 1, Place: e.Place, PaperHash: hash, Class: line.Class, Photo: e.Photo != ""}}
	}
	return lines
}

func (s State) onSheet(h string) error {
	switch {
	case !s.Exists || s.Kind != "notice":
		return policy.Refuse(policy.PaperUnknown, "没有这张公示单")
	case !slices.Contains(s.Lines, h):
		return policy.Refuse(policy.PaperLineUnknown, "该户不在这张公示单上")
	}
	return nil
}

func (s State) raiseObjection(c RaiseSheetObjection) ([]Event, error) {
	if err := s.onSheet(c.Household); err != nil {
		return nil, err
	}
	if c.Objection == "" || c.Content == "" || s.Known[c.Objection] {
		return refuse(policy.Malformed, "异议须有不重复的编号和内容")
	}
	return []Event{SheetObjected(c)}, nil
}

func (s State) answerObjection(c AnswerSheetObjection) ([]Event, error) {
	if err := s.onSheet(c.Household); err != nil {
		return nil, err
	}
	if s.Open[c.Objection] != c.Household {
		return refuse(policy.PaperLineUnknown, "没有这条未答复的异议")
	}
	if c.Findings == "" {
		return refuse(policy.Malformed, "异议答复须写明调查情况")
	}
	return []Event{SheetObjectionAnswered(c)}, nil
}

func (s State) strikeLine(c StrikeSheetLine) ([]Event, error) {
	if err := s.onSheet(c.Household); err != nil {
		return nil, err
	}
	if s.Struck[c.Household] || s.Removed != 0 {
		return refuse(policy.PaperClosed, "该户已划去或公示单已撤下")
	}
	if c.Reason == "" {
		return refuse(policy.Malformed, "划去须写明原因")
	}
	return []Event{SheetLineStruck(c)}, nil
}

func (s State) removeSheet(c RemoveSheet, a act.Act) ([]Event, error) {
	switch {
	case !s.Exists || s.Kind != "notice":
		return refuse(policy.PaperUnknown, "没有这张公示单")
	case s.Removed != 0:
		return refuse(policy.PaperClosed, "这张公示单已撤下")
	case a.Happened < s.posted:
		return refuse(policy.Malformed, "撤下日期早于张贴日期%s", s.posted.Chinese())
	}
	var standing []string
	for _, h := range s.Lines {
		if !s.Struck[h] {
			standing = append(standing, h)
		}
	}
	return []Event{SheetRemoved{Photo: c.Photo, Posted: s.posted, Standing: standing}}, nil
}

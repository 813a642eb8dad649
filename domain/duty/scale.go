package duty

import (
	"unicode/utf8"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// maxScale bounds the households that a risk touches: no county has more.
const maxScale = 1_000_000

// WatchScaleRisk puts something that may push many households back at once on the
// watch list of its place (规模性返贫风险, S2.10).
type WatchScaleRisk struct {
	Risk   string       `json:"risk"` // its id
	Region string       `json:"region"`
	Kind   string       `json:"kind"` // code.ScaleRisks
	Since  calendar.Day `json:"since"`
	// Area is which part of the region it struck, where it is not all of it.
	Area code.Text `json:"area,omitzero"`
	// Households touched, as far as is known.
	Households int       `json:"households"`
	Content    code.Text `json:"content"`
	// Measures against it (应急处置措施, S2.11); none where nothing is done yet.
	Measures code.Text `json:"measures,omitzero"`
	Document string    `json:"document,omitzero"`
}

// ScaleRiskWatched: the risk is on the watch list.
type ScaleRiskWatched WatchScaleRisk

// FollowScaleRisk tells how a risk on the list stands and what is done against it;
// what was told last counts.
type FollowScaleRisk struct {
	Risk       string    `json:"risk"`
	Region     string    `json:"region"`
	Households int       `json:"households"`
	Measures   code.Text `json:"measures"` // 应急处置措施
}

// ScaleRiskFollowed: the risk was followed.
type ScaleRiskFollowed FollowScaleRisk

// EndScaleRisk takes a risk off the list: it is over, or dealt with.
type EndScaleRisk struct {
	Risk   string    `json:"risk"`
	Region string    `json:"region"`
	Reason code.Text `json:"reason"`
}

// ScaleRiskEnded: the risk is off the list.
type ScaleRiskEnded EndScaleRisk

func (WatchScaleRisk) isDutyCommand()  {}
func (FollowScaleRisk) isDutyCommand() {}
func (EndScaleRisk) isDutyCommand()    {}
func (ScaleRiskWatched) isDutyEvent()  {}
func (ScaleRiskFollowed) isDutyEvent() {}
func (ScaleRiskEnded) isDutyEvent()    {}

// watched is a risk of the watch list as the state keeps it.
type watched struct {
	region string
	since  calendar.Day
	ended  calendar.Day
}

func (r ruling) watchScaleRisk(c WatchScaleRisk) ([]Event, error) {
	if _, ok := code.ScaleRisks.Find(c.Kind); !ok {
		return refuse(policy.Malformed, "规模性返贫风险类型“%s”不在代码表中", c.Kind)
	}
	switch {
	case c.Risk == "" || c.Since == 0 || c.Content == "":
		return refuse(policy.Malformed, "规模性返贫风险须写明编号、发生日期和情况")
	case c.Since > r.act.Happened:
		return refuse(policy.FutureDay, "风险自%s起，尚未发生", c.Since.Chinese())
	case c.Households < 1 || c.Households > maxScale:
		return refuse(policy.Malformed, "须写明涉及户数，1至%d户", maxScale)
	case utf8.RuneCountInString(c.Document) > maxTitle:
		return refuse(policy.Malformed, "文号不超过%d字", maxTitle)
	}
	if _, twice := r.s.scale[c.Risk]; twice {
		return refuse(policy.ScaleRiskExists, "这项规模性返贫风险已登记")
	}
	return []Event{ScaleRiskWatched(c)}, nil
}

func (r ruling) followScaleRisk(c FollowScaleRisk) ([]Event, error) {
	if err := r.onList(c.Risk, c.Region); err != nil {
		return nil, err
	}
	switch {
	case c.Households < 0 || c.Households > maxScale:
		return refuse(policy.Malformed, "须写明涉及户数，不超过%d户", maxScale)
	case c.Measures == "":
		return refuse(policy.Malformed, "须写明应急处置措施")
	}
	return []Event{ScaleRiskFollowed(c)}, nil
}

func (r ruling) endScaleRisk(c EndScaleRisk) ([]Event, error) {
	if err := r.onList(c.Risk, c.Region); err != nil {
		return nil, err
	}
	if c.Reason == "" {
		return refuse(policy.Malformed, "解除规模性返贫风险须写明理由")
	}
	return []Event{ScaleRiskEnded(c)}, nil
}

// onList refuses what is told of a risk that is not on the list of the region, or
// that was taken off it before.
func (r ruling) onList(id, region string) error {
	risk, ok := r.s.scale[id]
	switch {
	case !ok || risk.region != region:
		return policy.Refuse(policy.ScaleRiskUnknown, "本机构在该地没有登记这项规模性返贫风险")
	case risk.ended != 0:
		return policy.Refuse(policy.ScaleRiskOver, "这项规模性返贫风险已于%s解除", risk.ended.Chinese())
	case r.act.Happened < risk.since:
		return policy.Refuse(policy.Malformed, "早于风险发生之日%s", risk.since.Chinese())
	}
	return nil
}

package api

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
)

// HouseholdFile is what a household's file amounts to at two times. Personal
// numbers are not shown; a member's say only whether there is one.
type HouseholdFile struct {
	Asked
	NotYet      *NotYet          `json:"not_yet,omitzero" doc:"当时还没有这户的档案"`
	ID          string           `json:"id"`
	Version     int64            `json:"version"`
	FileNo      string           `json:"file_no"`
	Region      string           `json:"region" doc:"登记时的行政村代码"`
	RegionNow   string           `json:"region_now" doc:"截至日期其所属的行政村代码（撤并后）"`
	Group       string           `json:"group,omitzero"`
	Kind        code.Kind        `json:"kind,omitzero"`
	Stage       household.Stage  `json:"stage"`
	StageName   string           `json:"stage_name"`
	Unconfirmed bool             `json:"unconfirmed,omitzero" doc:"待确认：由未匹配的线索开立"`
	Head        string           `json:"head" doc:"户主的成员编号"`
	Persons     int              `json:"persons" doc:"计入的家庭成员人数"`
	NoLabour    bool             `json:"no_labour" doc:"整户无劳动力"`
	Members     []FileMember     `json:"members"`
	Clues       []FileClue       `json:"clues"`
	Letters     []FileLetter     `json:"letters"`
	Comparisons []FileComparison `json:"comparisons"`
	Sheets      []FileSheet      `json:"income_sheets"`
	Guarantees  []FileGuarantee  `json:"guarantees"`
	RedWarnings []FileRedWarning `json:"red_warnings"`
	Groups      []FileGroup      `json:"special_groups" doc:"特殊群体：登记的，及由风险、线索得出的"`
	Surveys     []FileSurvey     `json:"surveys"`
	Officers    []FileOfficer    `json:"officers"`
	Green       *FileGreen       `json:"green_channel,omitzero"`
	Episodes    []FileEpisode    `json:"episodes"`
	Visits      int              `json:"visits"`
	LastVisit   calendar.Day     `json:"last_visit,omitzero"`
	Studied     calendar.Day     `json:"studied,omitzero" doc:"最近一次研判"`
	FollowUps   []FileFollowUp   `json:"follow_ups,omitzero" doc:"研判落实事项"`
	Fell        calendar.Day     `json:"fell,omitzero" doc:"实际返贫、致贫"`
	Closed      calendar.Day     `json:"closed,omitzero"`
	ClosedWhy   string           `json:"closed_why,omitzero"`
	Counts      *FileCount       `json:"counts,omitzero" doc:"在官方统计中如何计算；从未纳入或认定已撤销的没有"`
}

// FileMember is a member, past ones included.
type FileMember struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	Sex           string       `json:"sex"`
	HasIDNumber   bool         `json:"has_id_number"`
	NoDocument    string       `json:"no_document,omitzero"`
	Birth         calendar.Day `json:"birth,omitzero"`
	Relation      string       `json:"relation"`
	Labour        code.Labour  `json:"labour"`
	Registered    bool         `json:"registered"`
	Living        bool         `json:"living"`
	Counted       bool         `json:"counted"`
	CountedReason string       `json:"counted_reason,omitzero"`
	Evidenced     bool         `json:"residence_evidenced" doc:"居住情况附有佐证"`
	HealthOn      calendar.Day `json:"health_recorded,omitzero" doc:"健康状况的登记日；内容密封"`
	Willing       string       `json:"willing,omitzero" doc:"劳动意愿；未问及的不填"`
	From          calendar.Day `json:"from,omitzero" doc:"建档时即在的不填"`
	Left          calendar.Day `json:"left,omitzero"`
	LeftWhy       string       `json:"left_why,omitzero"`
}

// The parts of a file below have the fields of household.State's, so that a
// change there is a change here.
type (
	// FileClue is a clue about the household.
	FileClue struct {
		ID       string          `json:"id"`
		On       calendar.Day    `json:"on"`
		Channel  code.Channel    `json:"channel"`
		Office   string          `json:"office,omitzero"`
		Due      calendar.Day    `json:"due,omitzero"`
		Result   string          `json:"result,omitzero"`
		Verified calendar.Day    `json:"verified,omitzero"`
		FedBack  bool            `json:"fed_back"`
		Via      string          `json:"via,omitzero" doc:"来源途径"`
		Within   calendar.Period `json:"within,omitzero" doc:"应在多少天内核实；来源途径没有时限的无"`
		Finder   string          `json:"found_by,omitzero" doc:"发现人身份"`
		Same     string          `json:"duplicate_of,omitzero" doc:"与哪条线索重复"`
		From     string          `json:"from,omitzero" doc:"收到它的待确认档案"`
		JoinedTo string          `json:"joined_to,omitzero" doc:"并入哪一户办理"`
	}
	// FileLetter is a commitment and authorisation letter.
	FileLetter struct {
		ID      string       `json:"id"`
		On      calendar.Day `json:"on"`
		Until   calendar.Day `json:"until,omitzero"`
		Scope   []string     `json:"scope"`
		Members []string     `json:"members"`
	}
	// FileComparison is a comparison with its hits.
	FileComparison struct {
		ID   string       `json:"id"`
		On   calendar.Day `json:"on"`
		Open []string     `json:"open_hits"`
		All  []string     `json:"hits"`

		Explained []FileExplained `json:"explained"`
	}
	// FileExplained is what verifying a hit brought.
	FileExplained struct {
		Hit      string       `json:"hit"`
		On       calendar.Day `json:"on"`
		Accepted bool         `json:"accepted"`
	}
	// FileSheet is an income sheet.
	FileSheet struct {
		ID        string       `json:"id"`
		Event     string       `json:"event"`
		On        calendar.Day `json:"on"`
		From      calendar.Day `json:"from"`
		To        calendar.Day `json:"to"`
		Net       code.Fen     `json:"net_fen"`
		PerCapita code.Fen     `json:"per_capita_fen"`
		Causes    []code.Risk  `json:"rigid_causes,omitzero" doc:"刚性支出的原因，金额大的在前"`
	}
	// FileGuarantee is an item of 两不愁三保障 or 饮水安全 as last found.
	FileGuarantee struct {
		Guarantee code.Guarantee       `json:"guarantee"`
		OK        bool                 `json:"ok"`
		On        calendar.Day         `json:"on"`
		Standards []household.Standard `json:"standards,omitzero" doc:"饮水安全的四项标准"`
		LargeRisk bool                 `json:"large_risk,omitzero"`
	}
	// FileRedWarning is a red warning.
	FileRedWarning struct {
		Ground string       `json:"ground"`
		Causes []code.Risk  `json:"causes,omitzero"`
		Since  calendar.Day `json:"since"`
		Ended  calendar.Day `json:"ended,omitzero"`
	}
	// FileGroup is a special group the household belongs to.
	FileGroup struct {
		Group   string       `json:"group"`
		Belongs bool         `json:"belongs"`
		On      calendar.Day `json:"on"`
	}
	// FileSurvey is that the home was surveyed.
	FileSurvey struct {
		On    calendar.Day `json:"on"`
		Level code.Level   `json:"level"`
	}
	// FileOfficer is a responsible person from a day on.
	FileOfficer struct {
		Role   code.OfficerRole `json:"role"`
		Person string           `json:"person"`
		Name   string           `json:"name"`
		From   calendar.Day     `json:"from"`
	}
	// FileGreen is a green channel.
	FileGreen struct {
		Opened calendar.Day `json:"opened"`
		OwedBy calendar.Day `json:"owed_by"`
	}
	// FileDone is a step that was done.
	FileDone struct {
		Step    policy.Step  `json:"step"`
		On      calendar.Day `json:"on"`
		By      []string     `json:"by"`
		Event   string       `json:"event"`
		Version int64        `json:"version"`
		Paper   string       `json:"paper,omitzero"`
		Result  string       `json:"result,omitzero"`
	}
	// FileRisk is a risk of an episode.
	FileRisk struct {
		Risk     code.Risk    `json:"risk"`
		Since    calendar.Day `json:"since"`
		Original bool         `json:"original"`
		Answered calendar.Day `json:"answered,omitzero"`
		Gone     calendar.Day `json:"gone,omitzero"`
		Way      string       `json:"way,omitzero" doc:"帮扶消除或自然消除"`
	}
	// FileMeasure is a measure of assistance.
	FileMeasure struct {
		ID         string            `json:"id"`
		Class      code.MeasureClass `json:"class"`
		Instrument string            `json:"instrument,omitzero" doc:"办法所列帮扶方式"`
		Started    calendar.Day      `json:"started"`
		Delivered  calendar.Day      `json:"delivered,omitzero"`
		Fen        code.Fen          `json:"fen,omitzero"`
		Evidence   int               `json:"evidence" doc:"落实凭证件数"`
		Confirmed  calendar.Day      `json:"confirmed,omitzero" doc:"农户确认收到"`
		Denied     calendar.Day      `json:"denied,omitzero" doc:"农户反映未收到"`
	}
	// FileFollowUp is what a study wanted done.
	FileFollowUp struct {
		Study string         `json:"study"`
		ID    string         `json:"id"`
		Kind  code.StudyKind `json:"kind"`
		On    calendar.Day   `json:"on"`
		Due   calendar.Day   `json:"due,omitzero"`
		What  code.Text      `json:"what"`
		Done  calendar.Day   `json:"done,omitzero"`
	}
	// FileCount is how the household stands in the official counts.
	FileCount struct {
		Class       code.Class   `json:"class"`
		Included    calendar.Day `json:"included"`
		AtInclusion int          `json:"persons_at_inclusion"`
		Current     int          `json:"persons_current"`
		Closed      calendar.Day `json:"closed,omitzero"`
		Eliminated  calendar.Day `json:"eliminated,omitzero"`
		Announced   calendar.Day `json:"announced,omitzero"`
		Marked      calendar.Day `json:"marked,omitzero"`
		NoLabour    bool         `json:"no_labour"`
		Measures    int          `json:"measures"`
		Fell        calendar.Day `json:"fell,omitzero"`
	}
)

// FileNotice is the household's line of a notice sheet.
type FileNotice struct {
	Notice     string          `json:"notice"`
	Posted     calendar.Day    `json:"posted"`
	Days       int             `json:"days_required"`
	Count      string          `json:"count,omitzero" doc:"公示天数按自然日（calendar）还是工作日（working）计"`
	Full       calendar.Day    `json:"may_come_down,omitzero" doc:"公示期满之日；放假安排未录入而无法认定的不填"`
	Hung       calendar.Span   `json:"hung" doc:"已公示天数，自然日和工作日两种算法"`
	Removed    calendar.Day    `json:"removed,omitzero"`
	Struck     calendar.Day    `json:"struck,omitzero"`
	Objections []FileObjection `json:"objections"`
}

// FileObjection is an objection to the household's line.
type FileObjection struct {
	ID       string       `json:"id"`
	On       calendar.Day `json:"on"`
	Inquired calendar.Day `json:"inquired,omitzero"`
	Answered calendar.Day `json:"answered,omitzero"`
	Upheld   bool         `json:"upheld"`
}

// FileChain is the steps of one procedure done so far.
type FileChain struct {
	Done      []FileDone     `json:"done"`
	Appraisal *FileAppraisal `json:"appraisal,omitzero"`
	Notice    *FileNotice    `json:"notice,omitzero"`
	Past      []FileNotice   `json:"past_notices,omitzero"`
}

// FileAppraisal is the household's line of the last appraisal.
type FileAppraisal struct {
	Meeting string            `json:"meeting"`
	On      calendar.Day      `json:"on"`
	Result  code.ReviewResult `json:"result"`
}

// FileEpisode is a monitoring episode (监测周期).
type FileEpisode struct {
	Number         int           `json:"number" doc:"监测周期；审定之前为0"`
	OpenedOn       calendar.Day  `json:"opened_on"`
	Pack           act.Pack      `json:"pack"`
	Duration       *FileDuration `json:"duration,omitzero" doc:"识别纳入全程用时"`
	Inclusion      FileChain     `json:"inclusion"`
	Help           FileChain     `json:"assistance"`
	Attempts       []FileChain   `json:"elimination"`
	Class          code.Class    `json:"class,omitzero"`
	Risks          []FileRisk    `json:"risks"`
	Included       calendar.Day  `json:"included,omitzero"`
	Rejected       calendar.Day  `json:"rejected,omitzero"`
	Announced      calendar.Day  `json:"announced,omitzero"`
	Entered        calendar.Day  `json:"entered,omitzero"`
	Brought        bool          `json:"brought_forward,omitzero"`
	Plan           calendar.Day  `json:"plan,omitzero"`
	PlanMissing    []string      `json:"plan_missing,omitzero" doc:"一户一策所缺：底数、问题、措施、责任"`
	Measures       []FileMeasure `json:"measures"`
	Eliminated     calendar.Day  `json:"eliminated,omitzero"`
	ElimAnnounced  calendar.Day  `json:"elimination_announced,omitzero"`
	Marked         calendar.Day  `json:"marked,omitzero"`
	Way            string        `json:"way,omitzero"`
	RolledBack     calendar.Day  `json:"rolled_back,omitzero"`
	Revoked        calendar.Day  `json:"revoked,omitzero"`
	Deferred       calendar.Day  `json:"deferred,omitzero"`
	ReviewBy       calendar.Day  `json:"review_by,omitzero" doc:"暂缓消除的复核期限"`
	Withheld       calendar.Day  `json:"mark_withheld,omitzero"`
	ReturnedTo     policy.Step   `json:"returned_to,omitzero"`
	ReturnedReason code.Text     `json:"returned_reason,omitzero"`
}

func nameOf(e household.Event) (string, error) { return wire.Name(e) }

package policy

// Rule is the identity of a refusal, a flag and (later) a finding: tests,
// screens, the API and statistics share it.
type Rule string

// RuleText names a rule for people.
type RuleText struct {
	ZH string
	// House rules block unless the pack relaxes them.
	House bool
	// Tells: the rule is only ever told. What comes too late must still be able to
	// come, or it never would.
	Tells bool
}

// Guards: what the procedure asks of an act. A pack says for each whether it
// blocks or flags; acts transcribed from paper are only ever flagged.
const (
	NoticeTooShort        Rule = "notice.too-short"
	NoticeStanding        Rule = "notice.still-standing"
	NoticeObjectionOpen   Rule = "notice.objection-open"
	NoticeBeforeAppraisal Rule = "notice.before-appraisal"
	NoticeNoInquiry       Rule = "notice.no-inquiry"
	NoticeListDiffers     Rule = "notice.list-differs"
	NoticePhotoMissing    Rule = "notice.photo-missing"
	AppraisalBelowQuorum  Rule = "appraisal.below-quorum"
	AppraisalComposition  Rule = "appraisal.composition"
	AppraisalRejected     Rule = "appraisal.rejected"
	OrderMissingStep      Rule = "order.missing-step"
	OrderDates            Rule = "order.dates"
	LetterMissing         Rule = "comparison.without-letter"
	BeyondLetter          Rule = "comparison.beyond-letter"
	LetterProxyUnnamed    Rule = "authorisation.proxy-unnamed"
	HitUnexplained        Rule = "comparison.hit-unexplained"
	SurveyAlone           Rule = "survey.fewer-than-two"
	OfficersMissing       Rule = "decision.officers-missing"
	ClassUnknown          Rule = "decision.class-unknown"
	RisksMissing          Rule = "decision.risks-missing"
	HelpBeforeDecision    Rule = "assistance.before-decision"
	NoDevelopment         Rule = "assistance.no-development-measure"
	PlanIncomplete        Rule = "assistance.plan-incomplete"
	InstrumentUnknown     Rule = "assistance.instrument-unknown"
	LeadUnit              Rule = "assistance.lead-unit"
	EliminationIncome     Rule = "elimination.income"
	EliminationStable     Rule = "elimination.income-not-stable"
	EliminationGuarantee  Rule = "elimination.guarantee-open"
	EliminationRisk       Rule = "elimination.risk-open"
	EliminationNewRisk    Rule = "elimination.new-risk"
	EliminationNoLabour   Rule = "elimination.no-labour"
	EliminationUnhelped   Rule = "elimination.help-missing"
	WithheldUnsecured     Rule = "elimination.security-missing"
	WithheldAble          Rule = "elimination.labour-present"
	LineUndetermined      Rule = "income.line-undetermined"
	FundPaidTwice         Rule = "fund.paid-twice"
	FundWithoutApproval   Rule = "fund.without-approval"
	FundBeyondBalance     Rule = "fund.beyond-balance"
	FundNotEntitled       Rule = "fund.not-entitled"
	HelpOrder             Rule = "assistance.help-order"
	IncomePeriod          Rule = "income.period"
	IDAreaUnknown         Rule = "id.area-unknown"

	EvidenceMissing Rule = "evidence.missing"
	PackExpired     Rule = "policy.pack-expired"

	SamePerson     Rule = "duty.same-person"
	OutsideRegion  Rule = "place.outside-region"
	WrongCapacity  Rule = "capacity.not-entitled"
	NotAppointed   Rule = "appointment.none-that-day"
	StepLate       Rule = "step.late"
	ChainLate      Rule = "chain.late"
	ClueLate       Rule = "clue.late"
	MonitoringEnds Rule = "merge.monitoring-ends"
	GreenOwedLate  Rule = "green_channel.owed-too-late"
	GreenOverdue   Rule = "green_channel.overdue"
	NotOwnPeople   Rule = "survey.not-own-people"
	KinDecides     Rule = "duty.kin-decides"
	OfficerDecides Rule = "duty.officer-decides"
	KinAppraises   Rule = "appraisal.kin-not-recused"
	OfficerUnfit   Rule = "officer.capacity"
	NotInCharge    Rule = "officer.not-in-charge"
	BeforeAsserted Rule = "paper.earlier-missing"
)

// FiguresDiffer is told of a report whose figures are not those of the record
// (所报数字与系统不符). No pack says whether it blocks: a report that is out is out.
const FiguresDiffer Rule = "report.figures-differ"

// Refusals that no pack relaxes: references to nothing, contradictions,
// malformed input, and who may record at all.
const (
	HouseholdUnknown   Rule = "household.unknown"
	HouseholdExists    Rule = "household.exists"
	HouseholdClosed    Rule = "household.closed"
	HouseholdNotOpen   Rule = "household.unconfirmed"
	MemberUnknown      Rule = "member.unknown"
	MemberExists       Rule = "member.exists"
	MemberGone         Rule = "member.gone"
	IDMalformed        Rule = "id.malformed"
	IDMissing          Rule = "id.missing-without-reason"
	IDBirthDiffers     Rule = "id.birth-differs"
	ClueUnknown        Rule = "clue.unknown"
	ClueDone           Rule = "clue.already-verified"
	ComparisonUnknown  Rule = "comparison.unknown"
	CaseNotOpen        Rule = "case.not-open"
	CaseOpen           Rule = "case.already-open"
	CaseNotMonitored   Rule = "case.not-monitored"
	CaseNotEliminated  Rule = "case.not-eliminated"
	CaseDecided        Rule = "case.already-decided"
	StepUnknown        Rule = "step.not-in-procedure"
	PaperUnknown       Rule = "paper.unknown"
	PaperLineUnknown   Rule = "paper.line-unknown"
	PaperExists        Rule = "paper.exists"
	PaperClosed        Rule = "paper.closed"
	PaperOutside       Rule = "paper.outside-region"
	MeasureUnknown     Rule = "measure.unknown"
	MeasureExists      Rule = "measure.exists"
	StudyUnknown       Rule = "study.unknown"
	ShortfallUnknown   Rule = "shortfall.unknown"
	StudyExists        Rule = "study.exists"
	StudyDone          Rule = "study.already-followed-up"
	EventUnknown       Rule = "correction.event-unknown"
	EventVoided        Rule = "correction.already-void"
	EventNotVoidable   Rule = "correction.not-voidable"
	ConsentMissing     Rule = "correction.consent-missing"
	FundUnknown        Rule = "fund.unknown"
	PaymentExists      Rule = "payment.exists"
	PaymentUnknown     Rule = "payment.unknown"
	RedWarningUnknown  Rule = "red-warning.unknown"
	IndicatorUnknown   Rule = "indicator.unknown"
	FutureDay          Rule = "day.future"
	DayMissing         Rule = "day.missing"
	DayTooOld          Rule = "day.too-old"
	DayPerformed       Rule = "day.performed-not-today"
	Malformed          Rule = "input.malformed"
	PersonalInText     Rule = "text.personal-number"
	RiskInPublic       Rule = "text.risk-type"
	RecorderUnknown    Rule = "recorder.unknown"
	RecorderAmbiguous  Rule = "recorder.several-appointments"
	RecorderOutside    Rule = "recorder.outside-region"
	DoneByMissing      Rule = "done-by.missing"
	KeyReused          Rule = "idempotency.other-body"
	KeyMissing         Rule = "idempotency.key-missing"
	StaleVersion       Rule = "version.stale"
	PackMissing        Rule = "policy.no-pack"
	PackEnded          Rule = "policy.outside-validity"
	LineStated         Rule = "policy.line-stated"
	LineOfOtherLevel   Rule = "policy.line-of-other-level"
	RegionUnknown      Rule = "region.unknown"
	AttachmentUnknown  Rule = "attachment.unknown"
	AttachmentRejected Rule = "attachment.rejected"
	LoginRefused       Rule = "login.refused"
	LoginTaken         Rule = "login.taken"
	PasswordWeak       Rule = "password.weak"
	PasswordMustChange Rule = "password.must-change"
	LinkInvalid        Rule = "link.invalid"
	FactorWrong        Rule = "factor.wrong"
	AccountUnknown     Rule = "account.unknown"
	AccountClosed      Rule = "account.closed"
	AccountExists      Rule = "account.exists"
	DutyApart          Rule = "duty.administrators-apart"
	SubjectUnknown     Rule = "subject.unknown"
	IssuerSilent       Rule = "issuer.silent"
	IssuerRefused      Rule = "issuer.refused"
	TokenUnknown       Rule = "token.unknown"
	SessionMissing     Rule = "session.missing"
	AccessDenied       Rule = "access.denied"
	ObjectionUnknown   Rule = "objection.unknown"
	ObjectorSealed     Rule = "objector.sealed"
	ObjectorUnnamed    Rule = "objector.unnamed"
	InquiryNotAbove    Rule = "inquiry.not-above"
	InquirerConcerned  Rule = "inquiry.inquirer-concerned"
	InquirerUnknown    Rule = "inquiry.inquirer-unknown"
	DutyUnknown        Rule = "duty.unknown"
	DutyNotOwed        Rule = "duty.not-owed-here"
	DutyPeriod         Rule = "duty.period"
	SystemNotShut      Rule = "system.not-shut"
	CheckUnknown       Rule = "check.unknown"
	CheckExists        Rule = "check.exists"
	CheckOver          Rule = "check.over"
	ScaleRiskUnknown   Rule = "scale-risk.unknown"
	ScaleRiskExists    Rule = "scale-risk.exists"
	ScaleRiskOver      Rule = "scale-risk.over"
	OfficeUnknown      Rule = "office.unknown"
)

// Rules that a pack may speak about, with their names.
var Rules = map[Rule]RuleText{
	NoticeTooShort:        {ZH: "公示天数不足"},
	NoticeStanding:        {ZH: "公示未结束即进入下一步"},
	NoticeObjectionOpen:   {ZH: "异议未答复即进入下一步"},
	NoticeBeforeAppraisal: {ZH: "公示早于民主评议"},
	NoticeNoInquiry:       {ZH: "异议未经调查即答复"},
	NoticeListDiffers:     {ZH: "公示名单与评议结果不一致"},
	NoticePhotoMissing:    {ZH: "公示缺少照片"},
	AppraisalBelowQuorum:  {ZH: "民主评议到会人数不足"},
	AppraisalComposition:  {ZH: "民主评议参会人员构成不全"},
	AppraisalRejected:     {ZH: "评议未通过仍进入下一步"},
	OrderMissingStep:      {ZH: "前序环节缺失"},
	OrderDates:            {ZH: "环节日期颠倒"},
	LetterMissing:         {ZH: "未经承诺授权即信息比对"},
	BeyondLetter:          {ZH: "信息比对超出承诺授权的范围"},
	LetterProxyUnnamed:    {ZH: "代签未注明代书人"},
	HitUnexplained:        {ZH: "比对疑点未核实"},
	SurveyAlone:           {ZH: "入户调查不足两人"},
	OfficersMissing:       {ZH: "未明确监测或帮扶责任人"},
	ClassUnknown:          {ZH: "监测对象类别不在办法规定之内"},
	RisksMissing:          {ZH: "未写明风险类型"},
	HelpBeforeDecision:    {ZH: "审定前实施帮扶且未开绿色通道"},
	NoDevelopment:         {ZH: "有劳动力户无开发式帮扶措施"},
	PlanIncomplete:        {ZH: "一户一策不完整"},
	InstrumentUnknown:     {ZH: "帮扶方式不在办法所列之内"},
	LeadUnit:              {ZH: "责任部门不是办法所列责任单位"},
	EliminationIncome:     {ZH: "收入未超过当年监测范围"},
	EliminationStable:     {ZH: "收入持续稳定不足规定月数"},
	EliminationGuarantee:  {ZH: "“三保障”或饮水安全未巩固"},
	EliminationRisk:       {ZH: "识别时的风险尚未消除"},
	EliminationNewRisk:    {ZH: "存在新增返贫致贫风险"},
	EliminationNoLabour:   {ZH: "整户无劳动力暂不标注"},
	EliminationUnhelped:   {ZH: "帮扶消除而无相应帮扶措施"},
	WithheldUnsecured:     {ZH: "未落实社会保障即暂不标注"},
	WithheldAble:          {ZH: "有劳动力户暂不标注"},
	LineUndetermined:      {ZH: "当年监测范围（收入线）未定"},
	FundPaidTwice:         {ZH: "资金重复发放"},
	FundWithoutApproval:   {ZH: "资金未经审批发放"},
	FundBeyondBalance:     {ZH: "资金超出余额"},
	FundNotEntitled:       {ZH: "向不符合条件的农户发放资金"},
	HelpOrder:             {ZH: "救助次序颠倒"},
	IncomePeriod:          {ZH: "收支测算期间不符合规定月数"},
	IDAreaUnknown:         {ZH: "身份证号码地区代码未知"},
	EvidenceMissing:       {ZH: "缺少该环节应有的材料"},
	PackExpired:           {ZH: "办法已过有效期"},
	SamePerson:            {ZH: "乡镇审核与县级审定为同一人", House: true},
	OutsideRegion:         {ZH: "经办人所在机构不管辖该户", House: true},
	WrongCapacity:         {ZH: "经办人身份不符合该环节要求", House: true},
	NotAppointed:          {ZH: "经办人当日无任职", House: true},
	GreenOwedLate:         {ZH: "绿色通道补办期限超过规定"},
	StepLate:              {ZH: "环节超过办理时限", Tells: true},
	ChainLate:             {ZH: "全程超过时限", Tells: true},
	ClueLate:              {ZH: "线索或申请未按时核实", Tells: true},
	MonitoringEnds:        {ZH: "监测户并入未监测户", Tells: true},
	GreenOverdue:          {ZH: "绿色通道补办程序逾期", Tells: true},
	NotOwnPeople:          {ZH: "乡镇入户核实未由乡镇人员进行"},
	KinDecides:            {ZH: "审核或审定人与该户有近亲属关系，未回避", House: true},
	OfficerDecides:        {ZH: "审核或审定人是该户责任人，未回避", House: true},
	KinAppraises:          {ZH: "评议时近亲属未回避"},
	OfficerUnfit:          {ZH: "监测责任人身份不符合规定"},
	NotInCharge:           {ZH: "移交人不是该户责任人", House: true},
	BeforeAsserted:        {ZH: "前置材料待补"},
}

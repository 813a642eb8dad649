package code

// StudyKind tells whose study it is (研判).
type StudyKind string

const (
	JointStudy    StudyKind = "joint"
	TownshipStudy StudyKind = "township"
	PeriodicStudy StudyKind = "periodic"
)

// StudyKinds: the departments together (S1.5, S1.10), the township regularly
// (S1.32), and each household by itself (S1.34; S1.40, annexes 5 and 6).
var StudyKinds = List{
	{"joint", "部门集中研判会商", "joint study by the departments"},
	{"township", "乡镇分析研判", "study by the township"},
	{"periodic", "逐户动态监测分析研判", "periodic study of the household"},
}

// StudyConclusion is what a study concludes about one household.
type StudyConclusion string

// StudyConclusions. None of them decides: an inclusion or an elimination still
// takes its own procedure.
var StudyConclusions = List{
	{"keep", "继续监测帮扶", "keep monitoring and helping"},
	{"adjust", "调整帮扶措施", "change the measures"},
	{"include", "启动识别程序", "begin the inclusion"},
	{"verify", "重新入户核实", "verify at home again"},
	{"propose_elimination", "拟提出风险消除", "an elimination may be proposed"},
	{"defer", "暂缓消除", "defer the elimination"},
	{"stable", "风险消除后稳定", "stable since the elimination"},
	{"no_risk", "无返贫致贫风险", "no risk"},
}

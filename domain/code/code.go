// Package code has the code lists of the procedure, each entry with its
// official Chinese term and an English one, and the check of ID numbers.
// Codes are written into events: an entry is never removed or given another
// meaning, only added.
package code

// Entry is one line of a code list.
type Entry struct {
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// List is a code list in its official order.
type List []Entry

// Find returns the entry with the code.
func (l List) Find(code string) (Entry, bool) {
	for _, e := range l {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}

// ZH returns the Chinese term, or the code itself if it is unknown, so that an
// old record always shows something.
func (l List) ZH(code string) string {
	if e, ok := l.Find(code); ok {
		return e.ZH
	}
	return code
}

// EN returns the English term, or the code itself if it is unknown.
func (l List) EN(code string) string {
	if e, ok := l.Find(code); ok {
		return e.EN
	}
	return code
}

// Codes returns the codes in order.
func (l List) Codes() []string {
	codes := make([]string, len(l))
	for i, e := range l {
		codes[i] = e.Code
	}
	return codes
}

// Personal is text that identifies or exposes a person: ID number, phone, bank
// account, health detail. It is clear in the domain and sealed on the wire.
type Personal string

// Text is free text somebody typed: reasons, opinions, notes. Full ID, phone
// and card numbers are refused in it before it reaches the domain.
type Text string

// Fen is an amount of money in integer fen (分), 1/100 yuan.
type Fen int64

// Yuan returns the amount of whole yuan as fen.
func Yuan(yuan int64) Fen { return Fen(yuan * 100) }

// Attachment names an attachment by the SHA-256 of its content, in hexadecimal.
type Attachment string

// Level is an administrative level.
type Level string

// The levels. Packs give them local labels (市级 is the county level in Mile and Jiaohe).
const (
	Province   Level = "province"
	Prefecture Level = "prefecture"
	County     Level = "county"
	Township   Level = "township"
	Village    Level = "village"
	Group      Level = "group"
)

// Levels from the highest to the lowest.
var Levels = List{
	{"province", "省级", "province"},
	{"prefecture", "市（州）级", "prefecture"},
	{"county", "县级", "county"},
	{"township", "乡镇级", "township"},
	{"village", "村级", "village"},
	{"group", "村民小组", "group"},
}

// AtLeast says whether the level is the other one or one above it.
func (l Level) AtLeast(other Level) bool {
	mine, theirs := -1, -1
	for i, e := range Levels {
		if e.Code == string(l) {
			mine = i
		}
		if e.Code == string(other) {
			theirs = i
		}
	}
	return mine >= 0 && theirs >= 0 && mine <= theirs
}

// Class is the class of a monitored household (监测对象类别).
type Class string

const (
	Unstable Class = "unstable"
	Marginal Class = "marginal"
	Sudden   Class = "sudden"
)

// Classes of monitored households, in the order of the official reports.
var Classes = List{
	{"unstable", "脱贫不稳定户", "unstable out-of-poverty household"},
	{"marginal", "边缘易致贫户", "marginal household"},
	{"sudden", "突发严重困难户", "household in sudden severe difficulty"},
}

// Kind is what a household is apart from any monitoring (农户类型).
type Kind string

const (
	FormerPoor Kind = "former_poor"
	Ordinary   Kind = "ordinary"
)

// Kinds of households.
var Kinds = List{
	{"former_poor", "脱贫户", "former poor household"},
	{"ordinary", "一般农户", "ordinary household"},
}

// Risk is a type of risk (风险类型).
type Risk string

// Risks a household is monitored for (DOMAIN 3.9).
var Risks = List{
	{"illness", "因病", "illness"},
	{"schooling", "因学", "schooling"},
	{"disability", "因残", "disability"},
	{"natural_disaster", "因自然灾害", "natural disaster"},
	{"accident", "因意外事故", "accident"},
	{"industry_failure", "因产业项目失败", "failed industry project"},
	{"unstable_work", "因务工就业不稳", "unstable employment"},
	{"lack_of_labour", "缺劳动力", "lack of labour"},
	{"housing", "因安全住房", "unsafe housing"},
	{"water", "因安全饮水", "unsafe drinking water"},
	{"epidemic", "因疫情", "epidemic"},
	{"other", "其他", "other"},
}

// Guarantee is an item of 两不愁三保障 or 饮水安全.
type Guarantee string

// Guarantees: two no-worries, three guarantees, and safe water.
var Guarantees = List{
	{"food", "不愁吃", "food"},
	{"clothing", "不愁穿", "clothing"},
	{"education", "义务教育", "compulsory education"},
	{"medical", "基本医疗", "basic medical care"},
	{"housing", "住房安全", "safe housing"},
	{"water", "饮水安全", "safe drinking water"},
}

// WaterStandards are what safe drinking water is measured by (S1.22: 水量、水质、
// 用水方便程度、供水保证率全面达标).
var WaterStandards = List{
	{"quantity", "水量", "quantity"},
	{"quality", "水质", "quality"},
	{"convenience", "用水方便程度", "convenience"},
	{"supply", "供水保证率", "assurance of supply"},
}

// SingleRisk says whether the guarantee's failing alone may be mended quickly
// and the risk then eliminated (S4.16: 义务教育、住房安全、饮水安全).
func (g Guarantee) SingleRisk() bool { return g == "education" || g == "housing" || g == "water" }

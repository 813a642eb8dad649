package tell

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

// Whatever a pack states is said by show and told apart by diff: each value of
// each pack, changed alone, changes a sentence.
func TestEveryStatementOfAPackIsSaid(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		pack := read(t, name)
		said := Lines(pack)
		changeEach(reflect.ValueOf(&pack).Elem(), name, func(path string) {
			if slices.Equal(Lines(pack), said) {
				t.Errorf("%s is not said", path)
			}
		})
	}
}

func read(t *testing.T, name string) policy.Pack {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// Every statement has a key of its own: two packs are compared by them.
func TestStatementsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		pack := read(t, name)
		var keys []string
		for _, line := range Lines(pack) {
			if slices.Contains(keys, line.Key) {
				t.Errorf("%s says %s twice", name, line.Key)
			}
			keys = append(keys, line.Key)
		}
	}
}

// What is shown is plain Chinese: no sentence has an identifier of a program in it,
// only article numbers, and the pack's own name.
func TestAPackIsSaidInPlainChinese(t *testing.T) {
	t.Parallel()
	identifier := regexp.MustCompile(`[A-Za-z_]{2,}`)
	for _, name := range packs.Names() {
		pack := read(t, name)
		for _, line := range Lines(pack) {
			said := Heading(line.Key) + "：" + strings.ReplaceAll(line.Text, pack.Name, "")
			if !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || identifier.MatchString(said) {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
	for key, want := range map[string]string{"职责·weekly_collection": "职责", "资金·审批 approve": "资金·审批", "称谓 县级主管部门 2021-06-01": "称谓 县级主管部门", "识别纳入·公示": "识别纳入·公示",
		"规则·notice.too-short": "规则", "监测范围(收入线) 2021年": "监测范围(收入线) 2021年", "公示": "公示", "称谓 县级 ": "称谓 县级", "监测规模基数 500101": "监测规模基数"} {
		if got := Heading(key); got != want {
			t.Errorf("%s is headed %q, want %q", key, got, want)
		}
	}
}

// What only one of two packs says is told from either side, with what both say
// otherwise; what they share is not.
func TestADifferenceIsToldFromBothSides(t *testing.T) {
	t.Parallel()
	mile, county := read(t, "mile-2020"), read(t, "county-2023")
	told := map[string]Difference{}
	for _, d := range Compare(mile, county) {
		told[d.Key] = d
	}
	for key, want := range map[string][2]bool{
		"识别纳入·贫情分析": {true, false}, "监测范围(收入线) 2020年": {true, false}, "职责·township_report": {true, false},
		"监测范围(收入线) 2023年": {false, true}, "监测规模参考": {false, true}, "风险消除·单一风险": {false, true}, "发文机关": {true, true}, "规则·elimination.income": {true, true},
	} {
		if d, ok := told[key]; !ok || (d.A != "") != want[0] || (d.B != "") != want[1] {
			t.Errorf("%s: %+v", key, d)
		}
	}
	if d, ok := told["民主评议·到会"]; ok && d.A == d.B {
		t.Errorf("both say it: %+v", d)
	}
	if d := Compare(county, county); len(d) != 0 {
		t.Errorf("a pack differs from itself: %+v", d)
	}
	if d, back := Compare(mile, county), Compare(county, mile); len(d) != len(back) {
		t.Errorf("%d differences one way, %d the other", len(d), len(back))
	}
}

// changeEach changes one value after another, asks, and puts it back.
func changeEach(v reflect.Value, path string, ask func(path string)) {
	if v.IsZero() {
		return // it states nothing
	}
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	changed := func() { ask(path); v.Set(old) }
	switch v.Kind() {
	case reflect.String:
		v.SetString(otherThan(v.String()))
		changed()
	case reflect.Bool:
		v.SetBool(!v.Bool())
		changed()
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(v.Int() + 1)
		changed()
	case reflect.Pointer:
		if !v.IsNil() {
			changeEach(v.Elem(), path, ask)
		}
	case reflect.Slice:
		for i := range v.Len() {
			changeEach(v.Index(i), path+"["+nameOf(v.Index(i))+"]", ask)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			// Months are named instead of how often.
			if months := v.FieldByName("Months"); f.Name == "Every" && months.Len() > 0 {
				continue
			}
			// The hash is said beside the sentences; a line's region is not the pack's.
			if f.Tag.Get("yaml") == "-" || !f.IsExported() {
				continue
			}
			changeEach(v.Field(i), path+"."+f.Name, ask)
		}
	}
}

// otherThan is another value: where a few words are known, another of them.
func otherThan(value string) string {
	switch value {
	case "calendar":
		return calendar.Working
	case string(policy.PerDepartment):
		return string(policy.PerRegion)
	case "month":
		return "week"
	}
	return value + "改"
}

func nameOf(v reflect.Value) string {
	if v.Kind() == reflect.Struct {
		for _, field := range []string{"Step", "Rule", "Code", "Kind", "Year", "Class"} {
			if f := v.FieldByName(field); f.IsValid() {
				if f.Kind() == reflect.String {
					return f.String()
				}
			}
		}
	}
	return ""
}

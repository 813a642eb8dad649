package code

import (
	"errors"
	"strings"
	"testing"

	"shouwang/domain/calendar"
)

func TestCheckIDNumber(t *testing.T) {
	today := calendar.MustDay("2023-07-03")
	for _, c := range []struct {
		number string
		want   error
	}{
		{"11010519491231002X", nil},
		{"440524188001010014", nil},
		{MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 12), nil}, // unknown area: accepted here
		{"11010519491231002X43", nil},                                     // disability card
		{"11010519491231002X43B1", nil},                                   // reissued
		{"11010519491231002X83", ErrIDDisability},
		{"11010519491231002X05", ErrIDDisability},
		{"11010519491231002X4B", ErrIDCharacters},
		{"11010519491231002X4", ErrIDLength},
		{"X1010519491231002X", ErrIDCharacters},
		{"１１０１０５", ErrIDCharacters}, // 18 bytes of full-width digits
		{"11010519491231002", ErrIDLength},
		{"11010519491231002x", ErrIDCharacters},
		{"1101051949123100２X", ErrIDCharacters},
		{"110105194912310021", ErrIDCheckDigit},
		{"110105194913310029", ErrIDBirth},
		{"110105194902300020", ErrIDBirth},
		{MakeIDNumber("990101", calendar.MustDay("2023-07-04"), 12), ErrIDFuture},
		{"", ErrIDLength},
	} {
		if err := CheckIDNumber(c.number, today); !errors.Is(err, c.want) {
			t.Errorf("%q: %v, want %v", c.number, err, c.want)
		}
	}
	if KnownArea(MakeIDNumber("990101", today, 1)) || !KnownArea("11010519491231002X") {
		t.Error("area prefixes are confused")
	}
}

func TestPersonalNumber(t *testing.T) {
	id := MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 12)
	for text, want := range map[string]string{
		"户主" + id:                      "身份证号码",
		"号" + id[:6] + " " + id[6:]:    "身份证号码",
		"电话13812341234请回":              "手机号码",
		"电话138-1234-1234":              "手机号码",
		"电话１３８１２３４１２３４":                "手机号码",
		"2023-04-10 13812341234来电":     "手机号码",
		"电话138.1234.1234":              "手机号码",
		"电话1381234 1234":               "手机号码",
		"+86 13812341234":              "手机号码",
		"8613812341234":                "手机号码",
		"008613812341234":              "手机号码",
		"第3户 13812341234":              "手机号码",
		"号990101 19700506 0126":        "身份证号码",
		"号990101-1970-0506-0126":       "身份证号码",
		"号990101 1970-05-06 0126":      "身份证号码",
		"第1 11010519491231002x":        "身份证号码",
		"１１０１０５１９４９１２３１００２Ｘ":           "身份证号码",
		"残疾人证11010519491231002X43":     "身份证号码",
		"旧号110105491231002":            "身份证号码",
		"校验位错了也是110105194912310021":    "身份证号码",
		"卡4111 1111 1111 1111":         "银行卡号",
		"公示2023-06-21 2023-06-28":      "",
		"公示2023.06.21-2023.06.28共7天":   "",
		"1999-12-31 123":               "",
		"区划629900101201 2023-06":       "",
		"2023-0410-0031":               "",
		"固定电话0431-66123456":            "",
		"12317":                        "",
		"金额1234567.89元":                "",
		"卡号4111111111111111":           "银行卡号",
		"收入45000元,2023年4月10日":          "",
		"文号 柳政发〔2023〕14号":              "",
		"户编号" + strings.Repeat("1", 9): "",
	} {
		if got := PersonalNumber(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCodesAreUnique(t *testing.T) {
	for name, l := range map[string]List{
		"risks": Risks, "classes": Classes, "kinds": Kinds, "measures": MeasureClasses, "channels": Channels, "capacities": Capacities, "levels": Levels,
		"forms": ApplicationForms, "clue results": ClueResults, "guarantees": Guarantees, "roles": OfficerRoles, "review results": ReviewResults,
		"elimination results": EliminationResults, "ways": EliminationWays, "visits": VisitKinds, "sources": ComparisonSources, "hits": HitKinds,
		"departments": Departments, "systems": Systems, "labours": Labours, "relations": Relations, "sexes": Sexes, "no document": NoDocumentReasons,
		"join": JoinReasons, "leave": LeaveReasons, "closings": NaturalClosings, "signatures": Signatures, "attendees": AttendeeCapacities,
	} {
		seen := map[string]bool{}
		for _, e := range l {
			if seen[e.Code] || e.ZH == "" || e.EN == "" {
				t.Errorf("%s: %q is twice or has no name", name, e.Code)
			}
			seen[e.Code] = true
		}
	}
}

func TestListsAnswerByCode(t *testing.T) {
	if Risks.ZH("illness") != "因病" || Risks.ZH("unheard of") != "unheard of" {
		t.Error("an old record always shows something")
	}
	if codes := Classes.Codes(); len(codes) != 3 || codes[0] != "unstable" {
		t.Errorf("%v", codes)
	}
	if _, ok := Kinds.Find(""); ok {
		t.Error("nothing is a kind")
	}
	if Yuan(7200) != 720000 {
		t.Error("fen")
	}
}

func TestWhichMeasuresDevelop(t *testing.T) {
	for _, c := range MeasureClasses.Codes() {
		want := c == "industry" || c == "employment" || c == "finance" || c == "public_post"
		if MeasureClass(c).Development() != want {
			t.Error(c)
		}
	}
	for c, want := range map[Labour]bool{"ordinary": true, "skilled": true, "weak": true, "lost": false, "none": false, "": false} {
		if c.Any() != want {
			t.Errorf("%q", c)
		}
	}
	for c, want := range map[Guarantee]bool{"education": true, "housing": true, "water": true, "medical": false, "food": false} {
		if c.SingleRisk() != want {
			t.Errorf("%q", c)
		}
	}
}

// Any one digit mistyped, and any two neighbours exchanged, is noticed: that is
// what the check digit is for.
func TestACheckDigitNoticesASlip(t *testing.T) {
	today := calendar.MustDay("2023-07-03")
	n := []byte(MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 12))
	for i := range 17 {
		for d := byte('0'); d <= '9'; d++ {
			slip := append([]byte{}, n...)
			if slip[i] == d {
				continue
			}
			slip[i] = d
			if CheckIDNumber(string(slip), today) == nil {
				t.Errorf("%s passes for %s", slip, n)
			}
		}
		slip := append([]byte{}, n...)
		slip[i], slip[i+1] = slip[i+1], slip[i]
		if slip[i] != slip[i+1] && CheckIDNumber(string(slip), today) == nil {
			t.Errorf("%s passes for %s", slip, n)
		}
	}
}

func FuzzCheckIDNumber(f *testing.F) {
	today := calendar.MustDay("2023-07-03")
	for _, n := range []string{"11010519491231002X", "11010519491231002X43", "", "1101051949123100２X", "99010119700506012\x00"} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n string) {
		if err := CheckIDNumber(n, today); err == nil {
			if b := BirthOf(n); b == 0 || b > today || PersonalNumber(n) != ResidentID || n[17] != IDCheckDigit(n) {
				t.Errorf("%q is well-formed, born %s, found as %q", n, b, PersonalNumber(n))
			}
		}
		BirthOf(n)
		KnownArea(n)
	})
}

func FuzzPersonalNumber(f *testing.F) {
	for _, s := range []string{"户主11010519491231002X", "138-1234-1234", "2023-04-10 13812341234", "公示2023-06-21 2023-06-28"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kind := PersonalNumber(s)
		if kind == "" && PersonalNumber(s+"，13812341234") != MobileNumber {
			t.Errorf("%q hides a telephone number", s)
		}
	})
}

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
	for name, l := range map[string]List{"risks": Risks, "classes": Classes, "measures": MeasureClasses, "channels": Channels, "capacities": Capacities} {
		seen := map[string]bool{}
		for _, e := range l {
			if seen[e.Code] || e.ZH == "" || e.EN == "" {
				t.Errorf("%s: %q is twice or has no name", name, e.Code)
			}
			seen[e.Code] = true
		}
	}
}

package web

import (
	"strings"

	"shouwang/domain/code"
)

// capitals writes an amount as forms want it, so that nobody adds a stroke to a
// figure (大写): 6,500.05 元 is 陆仟伍佰元零伍分.
func capitals(f code.Fen) string {
	if f < 0 {
		return "负" + capitals(-f)
	}
	yuan, jiao, fen := int64(f/100), int(f/10%10), int(f%10)
	var b strings.Builder
	if yuan > 0 {
		b.WriteString(capitalNumber(yuan) + "元")
	}
	switch {
	case jiao == 0 && fen == 0:
		if yuan == 0 {
			return "零元整"
		}
		b.WriteString("整")
	case jiao == 0:
		if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(capitalDigits[fen] + "分")
	default:
		b.WriteString(capitalDigits[jiao] + "角")
		if fen > 0 {
			b.WriteString(capitalDigits[fen] + "分")
		} else {
			b.WriteString("整")
		}
	}
	return b.String()
}

var (
	capitalDigits = []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	capitalPlaces = []string{"", "拾", "佰", "仟"}
	capitalGroups = []string{"", "万", "亿", "万亿"}
)

// capitalNumber writes a whole number above nought, of at most sixteen digits.
func capitalNumber(n int64) string {
	out := ""
	for group := 0; n > 0 && group < len(capitalGroups); group++ {
		four := int(n % 10_000)
		n /= 10_000
		if four == 0 {
			continue
		}
		text := capitalFour(four) + capitalGroups[group]
		if out != "" && !strings.HasPrefix(out, "零") && gap(out, group) {
			out = "零" + out
		}
		if n > 0 && four < 1000 {
			text = "零" + text
		}
		out = text + out
	}
	return out
}

// gap says whether a whole group of noughts lies below the group.
func gap(lower string, group int) bool {
	return group >= 2 && !strings.Contains(lower, capitalGroups[group-1])
}

func capitalFour(n int) string {
	var b strings.Builder
	zero := false
	for place := 3; place >= 0; place-- {
		digit := n
		for range place {
			digit /= 10
		}
		digit %= 10
		if digit == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteString("零")
			zero = false
		}
		b.WriteString(capitalDigits[digit] + capitalPlaces[place])
	}
	return b.String()
}

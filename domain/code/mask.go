package code

import (
	"strings"
	"unicode/utf8"
)

// Masks show enough to tell people apart who are known anyway, and too little
// to find anybody else.

// MaskName shows a name's first and last character: 王*某; of two characters
// only the first: 王*.
func MaskName(name string) string {
	n := utf8.RuneCountInString(name)
	if n < 2 {
		return strings.Repeat("*", n)
	}
	first, size := utf8.DecodeRuneInString(name)
	if n == 2 {
		return name[:size] + "*"
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	return string(first) + strings.Repeat("*", n-2) + string(last)
}

// MaskID shows the county and the last four characters of an ID number:
// 5101**********123X.
func MaskID(number string) string { return maskMiddle(number, 4, 4) }

// MaskPhone shows the first three and the last four digits: 138****1234.
func MaskPhone(number string) string { return maskMiddle(number, 3, 4) }

func maskMiddle(s string, first, last int) string {
	if len(s) <= first+last {
		return strings.Repeat("*", len(s))
	}
	return s[:first] + strings.Repeat("*", len(s)-first-last) + s[len(s)-last:]
}

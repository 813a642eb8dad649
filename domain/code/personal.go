package code

import (
	"regexp"
	"slices"
	"strings"
)

// What PersonalNumber finds, in words for people.
const (
	ResidentID   = "身份证号码"
	MobileNumber = "手机号码"
	BankCard     = "银行卡号"
)

// numberRuns finds digits, also grouped by the separators people type.
var numberRuns = regexp.MustCompile(`[0-9]+[Xx]?(?:[ \-.·]{1,2}[0-9]+[Xx]?)*`)

var separators = regexp.MustCompile(`[ \-.·]+`)

// PersonalNumber says which kind of personal number stands in free text, or "":
// a full ID number (also of 15 digits, or inside a disability-card number), a
// mobile phone number or a bank card number, however grouped. Dates, document
// numbers, region codes and amounts are none.
func PersonalNumber(s string) string {
	if fewDigits(s) {
		return ""
	}
	for _, run := range numberRuns.FindAllString(strings.Map(halfWidth, s), -1) {
		groups := separators.Split(strings.ToUpper(run), -1)
		digits, lengths := strings.Join(groups, ""), make([]int, len(groups))
		for i, g := range groups {
			lengths[i] = len(g)
		}
		for i, start := 0, 0; i < len(groups); start, i = start+lengths[i], i+1 {
			for j, end := i, start; j < len(groups); j++ {
				if end += lengths[j]; end-start > 22 {
					break // a disability card is the longest
				}
				if kind := personalNumber(digits[start:end], lengths[i:j+1]); kind != "" {
					return kind
				}
			}
		}
	}
	return ""
}

// shortest is how many digits the shortest personal number has: a mobile one.
const shortest = 11

// fewDigits says that s cannot hold a personal number, as nearly all texts cannot.
func fewDigits(s string) bool {
	n := 0
	for _, r := range s {
		if r = halfWidth(r); r >= '0' && r <= '9' {
			n++
		}
	}
	return n < shortest
}

// personalNumber looks at one number and the lengths of the groups it was typed in.
func personalNumber(n string, shape []int) string {
	switch {
	case len(n) == 18 && digitsBefore(n, 17) && BirthOf(n) != 0 && (shape[0] >= 6 || slices.Min(shape) >= 3):
		return ResidentID
	case (len(n) == 20 || len(n) == 22) && digitsBefore(n, 17) && BirthOf(n) != 0 && IDCheckDigit(n) == n[17]:
		return ResidentID
	case len(n) == 15 && len(shape) == 1 && digitsBefore(n, 15) && KnownArea(n) && BirthOf(n[:6]+"19"+n[6:]) != 0:
		return ResidentID
	case mobile(n, shape), len(shape) == 1 && mobile(strings.TrimPrefix(strings.TrimPrefix(n, "00"), "86"), []int{11}):
		return MobileNumber
	case card(shape) && strings.IndexByte("34569", n[0]) >= 0 && luhn(n):
		return BankCard
	}
	return ""
}

func digitsBefore(n string, end int) bool { return !strings.Contains(n[:end], "X") }

func mobile(n string, shape []int) bool {
	return len(n) == 11 && n[0] == '1' && n[1] >= '3' && digitsBefore(n, 11) &&
		(len(shape) == 1 || slices.Equal(shape, []int{3, 4, 4}) || slices.Equal(shape, []int{3, 8}) || slices.Equal(shape, []int{7, 4}) || slices.Equal(shape, []int{4, 7}))
}

// card says whether a number is grouped as bank cards are: in one, or by fours.
func card(shape []int) bool {
	if len(shape) == 1 {
		return shape[0] >= 16 && shape[0] <= 19
	}
	last := shape[len(shape)-1]
	for _, n := range shape[:min(4, len(shape))] {
		if n != 4 {
			return false
		}
	}
	return len(shape) == 4 || len(shape) == 5 && last <= 3
}

func halfWidth(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == 'Ｘ' || r == 'ｘ' || r == '×':
		return 'X'
	case r == '\u3000' || r == '\u00a0':
		return ' '
	case r == '－' || r == '—' || r == '–' || r == '‐' || r == '‑' || r == '−':
		return '-'
	}
	return r
}

func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

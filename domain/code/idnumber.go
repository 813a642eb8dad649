package code

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"shouwang/domain/calendar"
)

// What is wrong with an ID number. The texts are for people.
var (
	ErrIDLength     = errors.New("身份证号码应为18位")
	ErrIDCharacters = errors.New("身份证号码前17位应为数字，末位为数字或X")
	ErrIDBirth      = errors.New("身份证号码中的出生日期不存在")
	ErrIDFuture     = errors.New("身份证号码中的出生日期在今天之后")
	ErrIDCheckDigit = errors.New("身份证号码校验位不符")
)

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idCheckDigits = "10X98765432"

// IDCheckDigit returns the check digit for the first 17 digits (GB 11643-1999).
func IDCheckDigit(digits string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += int(digits[i]-'0') * w
	}
	return idCheckDigits[sum%11]
}

// CheckIDNumber returns what is wrong with a resident ID number (GB 11643-1999)
// or a disability-card number (20 or 22 characters, of which the first 18 are
// the ID number): length, characters, impossible or future birth date, check
// digit. today is the day on which it is given. Whether the area prefix is
// known is another question (KnownArea): prefixes change over the years.
func CheckIDNumber(n string, today calendar.Day) error {
	if len(n) != 18 && len(n) != 20 && len(n) != 22 {
		return ErrIDLength
	}
	for i := range len(n) {
		if digit := n[i] >= '0' && n[i] <= '9'; !digit && !(i == 17 && n[i] == 'X') {
			return ErrIDCharacters
		}
	}
	birth, err := calendar.ParseDay(n[6:10] + "-" + n[10:12] + "-" + n[12:14])
	switch {
	case err != nil:
		return ErrIDBirth
	case birth > today:
		return ErrIDFuture
	case IDCheckDigit(n) != n[17]:
		return ErrIDCheckDigit
	}
	return nil
}

// BirthOf returns the birth date in a well-formed ID number.
func BirthOf(n string) calendar.Day {
	if len(n) < 14 {
		return 0
	}
	d, _ := calendar.ParseDay(n[6:10] + "-" + n[10:12] + "-" + n[12:14])
	return d
}

// provinces are the first two digits in use (GB/T 2260).
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"

// KnownArea says whether an ID number's area prefix belongs to a province that
// exists. Demonstration data use the impossible prefix 99.
func KnownArea(n string) bool {
	return len(n) >= 2 && strings.Contains(provinces, n[:2]) && n[:2] != "  "
}

// MakeIDNumber composes an ID number with a correct check digit.
func MakeIDNumber(area string, birth calendar.Day, sequence int) string {
	y, m := birth.YearMonth()
	digits := area + time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Format("200601")
	digits += birth.String()[8:] + string([]byte{byte('0' + sequence/100%10), byte('0' + sequence/10%10), byte('0' + sequence%10)})
	return digits + string(IDCheckDigit(digits))
}

// numberRuns finds long runs of digits, also with the separators people type.
var numberRuns = regexp.MustCompile(`[0-9](?:[ \-]?[0-9]){10,21}[Xx]?`)

// PersonalNumber says which kind of personal number stands in free text, or "":
// a full ID number, a mobile phone number or a bank card number.
func PersonalNumber(s string) string {
	s = strings.Map(halfWidth, s)
	for _, run := range numberRuns.FindAllString(s, -1) {
		n := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(run))
		switch {
		case len(n) == 18 && plausibleBirth(n):
			return "身份证号码"
		case len(n) == 11 && n[0] == '1' && n[1] >= '3':
			return "手机号码"
		case len(n) >= 16 && len(n) <= 19 && luhn(n):
			return "银行卡号"
		}
	}
	return ""
}

func halfWidth(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == 'Ｘ' || r == 'ｘ' || r == '×':
		return 'X'
	}
	return r
}

func plausibleBirth(n string) bool { return BirthOf(n) != 0 }

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

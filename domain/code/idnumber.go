package code

import (
	"errors"
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
	ErrIDDisability = errors.New("残疾人证号码中的残疾类别或等级不存在")
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
// or a disability-card number (20 characters: the ID number, category 1–7 and
// level 1–4; 22 when the card was reissued, with B and how often, or digits):
// length, characters, impossible or future birth date, check digit. today is the
// day on which it is given. Whether the area prefix is known is another question
// (KnownArea): prefixes change over the years.
func CheckIDNumber(n string, today calendar.Day) error {
	if len(n) != 18 && len(n) != 20 && len(n) != 22 {
		return ErrIDLength
	}
	for i := range len(n) {
		if digit := n[i] >= '0' && n[i] <= '9'; !digit && !(i == 17 && n[i] == 'X') && !(i == 20 && n[i] == 'B') {
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
	case len(n) > 18 && (n[18] < '1' || n[18] > '7' || n[19] < '1' || n[19] > '4'):
		return ErrIDDisability
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

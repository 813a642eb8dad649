package projections

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// maxInitials bounds the readings of one name that are kept: two characters of
// three have at most two first letters each.
const maxInitials = 4

// readings are the first letters of the readings of every character, upper
// case, the usual one first.
var readings = sync.OnceValue(func() map[rune]string {
	all := make(map[rune]string, len(pinyin.PinyinDict))
	for c, spoken := range pinyin.PinyinDict {
		letters := ""
		for reading := range strings.SplitSeq(spoken, ",") {
			if l := letter(reading); l != "" && !strings.Contains(letters, l) {
				letters += l
			}
		}
		all[rune(c)] = letters
	}
	return all
})

// letter is the first letter of a reading without its tone.
func letter(reading string) string {
	first, _ := utf8.DecodeRuneInString(reading)
	switch {
	case first >= 'a' && first <= 'z':
		return strings.ToUpper(string(first))
	case strings.ContainsRune("āáǎà", first):
		return "A"
	case strings.ContainsRune("ēéěèế", first):
		return "E"
	case strings.ContainsRune("ōóǒò", first):
		return "O"
	case strings.ContainsRune("ńňǹ", first):
		return "N"
	case first == 'ḿ':
		return "M"
	}
	return ""
}

// initials are the first letters of a name as people type them (柳长福: LCF), by
// every reading of its characters: 长 is read chang or zhang.
func initials(name string) []string {
	if name == "" {
		return nil
	}
	all := []string{""}
	for _, c := range name {
		letters := readings()[c]
		if letters == "" {
			return nil // a foreign letter, a mark
		}
		longer := make([]string, 0, len(all)*len(letters))
		for i := range letters {
			for _, before := range all {
				longer = append(longer, before+letters[i:i+1])
			}
		}
		all = longer[:min(len(longer), maxInitials)]
	}
	return all
}

// isInitials says whether what is searched for can only be initials.
func isInitials(text string) bool {
	return text != "" && !slices.ContainsFunc([]byte(text), func(c byte) bool { return c < 'A' || c > 'Z' })
}

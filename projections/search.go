package projections

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"
)

// search is what a household is found by, and the names of which it was made:
// most of a household's records change neither.
type search struct {
	names []string
	ids   int
	keys  []int64
}

// searchKeys are what the household is found by: each character of the head's
// name, each two neighbouring characters of every member's, the initials of each
// name, and ID numbers.
func (l *ledger) searchKeys() []int64 {
	head := l.headName()
	if !l.search.stands(l, head) {
		l.search = l.newSearch(head)
	}
	return l.search.keys
}

func (s *search) stands(l *ledger, head string) bool {
	if s.ids != len(l.ids) || len(s.names) != len(l.Members)+1 || s.names[0] != head {
		return false
	}
	for i := range l.Members {
		if s.names[i+1] != l.Members[i].Name {
			return false
		}
	}
	return true
}

func (l *ledger) newSearch(head string) search {
	names := append(make([]string, 0, len(l.Members)+1), head)
	keys := make([]int64, 0, 24)
	for rest := head; rest != ""; {
		_, size := utf8.DecodeRuneInString(rest)
		keys, rest = addKey(keys, searchKey(rest[:size])), rest[size:]
	}
	keys = addInitials(addPairs(keys, head), head)
	for i := range l.Members {
		name := l.Members[i].Name
		names = append(names, name)
		if name != head {
			keys = addInitials(addPairs(keys, name), name)
		}
	}
	for _, id := range l.ids {
		keys = addKey(keys, id)
	}
	return search{names: names, ids: len(l.ids), keys: keys}
}

// searchKey is the number that stands for a text: its bytes, if they are no more
// than eight (two characters and most initials are not), else a hash of them.
// Numbers make an index that is built in half the time of one of texts.
func searchKey(text string) int64 {
	var bytes [8]byte
	if copy(bytes[:], text) == len(text) {
		return int64(binary.BigEndian.Uint64(bytes[:]))
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash takes everything
	return int64(h.Sum64())
}

// addKey adds a key that is not there yet; they are few.
func addKey(keys []int64, key int64) []int64 {
	if slices.Contains(keys, key) {
		return keys
	}
	return append(keys, key)
}

// addPairs adds each two neighbouring characters.
func addPairs(keys []int64, name string) []int64 {
	_, first := utf8.DecodeRuneInString(name)
	for first < len(name) {
		_, second := utf8.DecodeRuneInString(name[first:])
		keys = addKey(keys, searchKey(name[:first+second]))
		name, first = name[first:], second
	}
	return keys
}

// addInitials adds the keys under which a name's initials are found.
func addInitials(keys []int64, name string) []int64 {
	for _, i := range initials(name) {
		keys = addKey(keys, searchKey(initialsMark+i))
	}
	return keys
}

// Marks before what is no part of a name.
const (
	initialsMark = "^"
	tailMark     = "~"
)

// tailLength is how many last characters of an ID number may be searched for.
const tailLength = 4

// idKeys are the search keys of an ID number: of its keyed hash, which by chance
// no two numbers of a county share, and of its last four characters.
func (c RegisterConfig) idKeys(number string) []int64 {
	number = strings.ToUpper(number)
	keys := []int64{int64(binary.BigEndian.Uint64(c.Hash("id-number", number)))}
	if len(number) >= tailLength {
		keys = append(keys, searchKey(tailMark+number[len(number)-tailLength:]))
	}
	return keys
}

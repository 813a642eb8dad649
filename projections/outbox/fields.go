package outbox

import (
	"regexp"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"shouwang/domain/calendar"
)

const (
	codePattern   = `^[a-z][a-z0-9_-]{0,39}$`
	regionPattern = `^[0-9]{2,12}$`
	// idPattern is what we accept of an id that is no UUID.
	idPattern = `^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$`
	// maxCodes bounds a list of codes: no code list is longer.
	maxCodes = 100
)

var (
	codeShape   = regexp.MustCompile(codePattern)
	regionShape = regexp.MustCompile(regionPattern)
	idShape     = regexp.MustCompile(idPattern)
	// digits as long as a phone or card number stand in no id of ours but a UUID.
	digits = regexp.MustCompile(`[0-9]{10}`)
)

// told returns the value if it is of the kind, in the bytes it is sent in.
func (k kind) told(v jsontext.Value) (jsontext.Value, bool) {
	switch k {
	case count:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return jsontext.Value(strconv.FormatInt(n, 10)), err == nil
	case yesNo:
		return v, v.Kind() == 't' || v.Kind() == 'f'
	case codes:
		var list []string
		if json.Unmarshal(v, &list) != nil || len(list) > maxCodes {
			return nil, false
		}
		for _, c := range list {
			if !codeShape.MatchString(c) {
				return nil, false
			}
		}
		return v, len(list) > 0
	case aCode, anID, aDay, region:
	}
	var s string
	return v, json.Unmarshal(v, &s) == nil && k.holds(s)
}

// holds says whether a text is of the kind.
func (k kind) holds(s string) bool {
	switch k {
	case aCode:
		return codeShape.MatchString(s)
	case region:
		return regionShape.MatchString(s)
	case aDay:
		_, err := calendar.ParseDay(s)
		return err == nil
	case anID:
		if _, err := uuid.Parse(s); err == nil && len(s) == len(uuid.Nil.String()) {
			return true
		}
		return idShape.MatchString(s) && !digits.MatchString(s)
	case count, yesNo, codes:
	}
	return false
}

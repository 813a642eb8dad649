package projections

import (
	"cmp"
	"reflect"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// HistoryPaper is the paper on which an entry stands: a meeting, a notice sheet
// or a document.
type HistoryPaper struct {
	Kind string `json:"kind"` // meeting, notice or document
	ID   string `json:"id"`
	// Name as people call it; none where the log does not have the paper.
	Name string `json:"name,omitzero"`
}

// HistoryFile is a photograph or a scanned paper that was attached to an entry.
type HistoryFile struct {
	Kind string          `json:"kind,omitzero"` // policy.EvidenceKinds or PhotoKind; none: another paper
	Hash code.Attachment `json:"hash"`
}

// paperUnder is the paper on which a fact stands; none: it stands on none.
func (t *teller) paperUnder(e household.Event) HistoryPaper {
	stream, id := paperOf(e)
	if id == "" {
		return HistoryPaper{}
	}
	return HistoryPaper{Kind: strings.TrimSuffix(strings.TrimSuffix(stream, id), "-"), ID: id, Name: t.papers[id]}
}

// PhotoKind is a photograph; every other file is a scanned paper.
const PhotoKind = "photo"

// scanned are papers that an event names in a field of its own.
var scanned = map[string]string{"LetterSigned": "letter", "ApplicationFiled": "application_form", "ComparisonReturned": "comparison_result",
	"MeasureDelivered": "delivery_proof", "MeasureConfirmed": "delivery_proof", "PovertyAnalysed": "minutes", "DocumentIssued": "list", "HandoverSigned": "list",
	"SheetPosted": "notice_photo", "SheetRemoved": "notice_photo"}

// named are files that stand in a field of that name, whatever the event.
var named = map[string]string{"Photos": PhotoKind, "SignIn": "sign_in", "Minutes": "minutes"}

// FilesOf are the files that an event of a household's file or of a paper names.
func FilesOf(event any) []HistoryFile {
	v := reflect.ValueOf(event)
	return filesIn(v, scanned[v.Type().Name()], nil)
}

func filesIn(v reflect.Value, kind string, found []HistoryFile) []HistoryFile {
	if exhibit, ok := v.Interface().(household.Exhibit); ok {
		return append(found, HistoryFile{exhibit.Kind, exhibit.File})
	}
	if hash, ok := v.Interface().(code.Attachment); ok {
		if hash != "" {
			found = append(found, HistoryFile{kind, hash})
		}
		return found
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() {
				found = filesIn(v.Field(i), cmp.Or(named[field.Name], kind), found)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = filesIn(v.Index(i), kind, found)
		}
	default: // holds no file
	}
	return found
}

package api

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"shouwang/domain/calendar"
)

// strictFormat is JSON that is read one way only: a field that is unknown, given
// twice or written in other case is refused, as is invalid UTF-8.
func strictFormat() huma.Format {
	return huma.Format{
		Marshal: func(w io.Writer, v any) error { return json.MarshalWrite(w, v) },
		Unmarshal: func(data []byte, v any) error {
			return json.Unmarshal(data, v, json.RejectUnknownMembers(true))
		},
	}
}

// decode reads a body strictly and holds it against its schema.
func decode[T any](s *server, schema *huma.Schema, data []byte) (T, error) {
	var v T
	if !utf8.Valid(data) {
		return v, newProblem(inputEncoding, "")
	}
	if err := json.Unmarshal(data, &v, json.RejectUnknownMembers(true)); err != nil {
		return v, unreadable(err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		return v, unreadable(err)
	}
	return v, s.fits(schema, plain)
}

// unreadable says why a body could not be read, without repeating it.
func unreadable(err error) *Problem {
	var meaning *json.SemanticError
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return newProblem(inputDuplicate, "").at(pointer(pointerOf(err)), "given twice")
	case errors.As(err, &syntax):
		return newProblem(inputSyntax, "").at(pointer(syntax.JSONPointer), "not valid JSON here")
	case errors.Is(err, json.ErrUnknownName):
		return newProblem(inputUnknown, "").at(pointer(pointerOf(err)), "not a field")
	case errors.As(err, &meaning) && meaning.GoType == reflect.TypeFor[calendar.Day]():
		return newProblem(dayMalformed, "").at(pointer(meaning.JSONPointer), "expected a day like 2023-04-10")
	case errors.As(err, &meaning) && meaning.JSONKind != 0 && meaning.GoType != nil:
		return newProblem(inputWrongType, "").at(pointer(meaning.JSONPointer), "expected "+expected(meaning.GoType))
	}
	return newProblem(inputWrongType, "")
}

func pointerOf(err error) jsontext.Pointer {
	var meaning *json.SemanticError
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax):
		return syntax.JSONPointer
	case errors.As(err, &meaning):
		return meaning.JSONPointer
	}
	return ""
}

// pointer writes where something stands. A name that could be somebody's number
// or is no field's name is left out.
func pointer(p jsontext.Pointer) string {
	at := "body"
	for name := range p.Tokens() {
		if !plainName(name) {
			return at
		}
		at += "/" + name
	}
	return at
}

// plainName says whether a name may be repeated: letters, or a short number.
func plainName(name string) bool {
	digits := 0
	for _, c := range name {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'):
			return false
		}
	}
	return name != "" && len(name) <= 40 && digits <= 4
}

func expected(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.String:
		return "text"
	default:
		return "a whole number"
	}
}

// fits holds a body against its schema: required fields, code lists, nulls.
func (s *server) fits(schema *huma.Schema, plain any) error {
	res := &huma.ValidateResult{}
	huma.Validate(s.registry, schema, huma.NewPathBuffer([]byte("body"), 4), huma.ModeWriteToServer, plain, res)
	if len(res.Errors) == 0 {
		return nil
	}
	var p *Problem
	for _, e := range res.Errors {
		var detail *huma.ErrorDetail
		if !errors.As(e, &detail) {
			continue
		}
		rule := inputInvalid
		switch {
		case begins(detail.Message, validation.MsgExpectedRequiredProperty):
			rule = inputFieldMissing
		case begins(detail.Message, validation.MsgExpectedOneOf):
			rule = inputNotInList
		case begins(detail.Message, validation.MsgExpectedString), begins(detail.Message, validation.MsgExpectedBoolean):
			rule = inputWrongType
		}
		if p == nil {
			p = newProblem(rule, "")
		}
		p = p.at(location(detail.Location), detail.Message)
	}
	if p == nil {
		return newProblem(inputInvalid, "")
	}
	return p
}

// begins compares a message with the words that stand before its first value.
func begins(message, format string) bool {
	words, _, _ := strings.Cut(format, "%")
	return strings.HasPrefix(message, words)
}

package outbox

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrUnknownType is a type of which no message is sent.
var ErrUnknownType = errors.New("outbox: no such type of message")

// property is one field in a JSON Schema.
type property struct {
	Type     string    `json:"type"`
	Format   string    `json:"format,omitzero"`
	Pattern  string    `json:"pattern,omitzero"`
	Items    *property `json:"items,omitzero"`
	MaxItems int       `json:"maxItems,omitzero"`
}

var properties = map[kind]property{
	aCode:  {Type: "string", Pattern: codePattern},
	codes:  {Type: "array", Items: &property{Type: "string", Pattern: codePattern}, MaxItems: maxCodes},
	anID:   {Type: "string", Pattern: idPattern},
	aDay:   {Type: "string", Format: "date"},
	count:  {Type: "integer"},
	yesNo:  {Type: "boolean"},
	region: {Type: "string", Pattern: regionPattern},
}

// schema describes the data of one type of message.
type schema struct {
	Schema     string              `json:"$schema"`
	ID         string              `json:"$id"`
	Title      string              `json:"title"`
	Type       string              `json:"type"`
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
	Additional bool                `json:"additionalProperties"`
}

// Schema is the JSON Schema (2020-12) of the data of a type's messages. A type
// keeps its schema for ever; a change is a new version of the type.
func Schema(name string) ([]byte, error) {
	fields, ok := types[name]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknownType, name)
	}
	s := schema{Schema: "https://json-schema.org/draft/2020-12/schema", ID: SchemaPrefix + name, Title: TypePrefix + name,
		Type: "object", Properties: map[string]property{}, Required: []string{"household", "region", "happened", "version"}}
	if name == StepOverdue {
		s.Required = []string{"region", "kind", "level", "since", "due"} // a sheet's, or a household's
	}
	all := maps.Clone(base)
	maps.Copy(all, fields)
	for field, k := range all {
		s.Properties[field] = properties[k]
	}
	slices.Sort(s.Required)
	b, err := json.Marshal(s, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("write the schema of %s: %w", name, err)
	}
	return append(b, '\n'), nil
}

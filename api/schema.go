package api

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json/jsontext"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

const schemasPrefix = "#/components/schemas/"

// newRegistry names schemas by package and type, so that a member of a household
// and a line of a paper keep apart.
func newRegistry() huma.Registry {
	r := huma.NewMapRegistry(schemasPrefix, func(t reflect.Type, hint string) string {
		name := huma.DefaultSchemaNamer(t, hint)
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		pkg := t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:]
		if t.Name() == "" || pkg == "api" || pkg == "" {
			return name
		}
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	})
	r.RegisterTypeAlias(reflect.TypeFor[calendar.Day](), reflect.TypeFor[daySchema]())
	r.RegisterTypeAlias(reflect.TypeFor[jsontext.Value](), reflect.TypeFor[json.RawMessage]())
	return r
}

// daySchema describes calendar.Day.
type daySchema struct{}

// Schema implements huma.SchemaProvider.
func (daySchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Description: "北京时间的日期", Examples: []any{"2023-04-10"}}
}

// bodySchema composes an act's schema from the part in common and its own
// fields, and returns a reference to it.
func (s *server) bodySchema(command reflect.Type) *huma.Schema {
	name := command.Name()
	ref := &huma.Schema{Ref: schemasPrefix + name}
	if _, done := s.registry.Map()[name]; done {
		return ref
	}
	whole := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, t := range []reflect.Type{command, reflect.TypeFor[part]()} {
		of := huma.SchemaFromType(s.registry, t)
		s.describe(of, t)
		for field, schema := range of.Properties {
			whole.Properties[field] = schema
		}
		whole.Required = append(whole.Required, of.Required...)
	}
	whole.PrecomputeMessages()
	s.registry.Map()[name] = whole
	return ref
}

// finishSchemas writes the code lists into every schema made from a struct.
func (s *server) finishSchemas() {
	for name, schema := range s.registry.Map() {
		if t := s.registry.TypeFromRef(schemasPrefix + name); t != nil && t.Kind() == reflect.Struct {
			s.describe(schema, t)
		}
	}
}

// describe writes code lists and what personal fields are into a struct's
// schema. Lists are never null.
func (s *server) describe(schema *huma.Schema, t reflect.Type) {
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		property := schema.Properties[name]
		if property == nil {
			continue
		}
		element := field.Type
		if property.Type == huma.TypeArray {
			property.Nullable = false
			property, element = property.Items, element.Elem()
		}
		if element == reflect.TypeFor[code.Personal]() {
			property.Description = "个人信息：密封保存，查询时不显示"
		}
		if l, ok := listOf(t, field.Name, element); ok {
			enumerate(property, l)
		}
	}
	schema.PrecomputeMessages()
}

// enumerate lists the codes with their Chinese terms.
func enumerate(property *huma.Schema, l code.List) {
	property.Enum = nil
	terms := make([]string, len(l))
	for i, e := range l {
		property.Enum = append(property.Enum, e.Code)
		terms[i] = e.Code + " " + e.ZH
	}
	if property.Description != "" && !strings.HasSuffix(property.Description, "。") {
		property.Description += "。"
	}
	property.Description += strings.Join(terms, "；")
	property.PrecomputeMessages()
}

// refusals is how every operation may answer besides success.
func refusals(s *server) map[string]*huma.Response {
	return map[string]*huma.Response{"default": {
		Description: "问题（RFC 9457）：rule为规则编号，zh为中文说明",
		Content: map[string]*huma.MediaType{"application/problem+json": {
			Schema: s.registry.Schema(reflect.TypeFor[Problem](), true, "Problem"),
		}},
	}}
}

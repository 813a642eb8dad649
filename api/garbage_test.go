package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// secret is a personal number; no answer may repeat it, wherever it was put.
const secret = "11010519491231002X"

// anyValue draws JSON of any shape, with the secret in places.
func anyValue(depth int) *rapid.Generator[any] {
	leaf := rapid.OneOf(
		rapid.Just[any](nil), rapid.Just[any](secret), rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.Int64(), func(n int64) any { return n }), rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.SampledFrom([]any{"inclusion", "2023-04-03", "pass", village, "m1", "cadre", "transcribed", 1.5, ""}),
	)
	if depth == 0 {
		return leaf
	}
	inner := rapid.Deferred(func() *rapid.Generator[any] { return anyValue(depth - 1) })
	return rapid.OneOf(leaf, leaf, rapid.Map(rapid.SliceOfN(inner, 0, 3), func(s []any) any { return s }),
		rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"id", "name", "kind", "household", "member", "person", secret}), inner, 0, 3),
			func(m map[string]any) any { return m }))
}

// Whatever is sent to whichever act, the answer is an act recorded or a problem
// with a rule, never a failure, and never repeats a personal number.
func TestNothingThatIsSentBreaksIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	var acts []route
	for _, r := range p.api.routes {
		if r.command != "" {
			acts = append(acts, r)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(acts).Draw(t, "route")
		schema := p.api.registry.Map()[r.command[strings.LastIndexByte(r.command, '.')+1:]]
		body := map[string]any{}
		for field, property := range schema.Properties {
			switch rapid.IntRange(0, 3).Draw(t, field) {
			case 0:
				body[field] = anyValue(2).Draw(t, field)
			case 1:
				if len(property.Enum) > 0 {
					body[field] = property.Enum[0]
				}
			case 2:
				if property.Type == "string" {
					body[field] = rapid.SampledFrom([]string{"m1", village, secret, "2023-04-03", "说明"}).Draw(t, field)
				}
			}
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		path := strings.NewReplacer("{household}", id, "{notice}", "n1").Replace(r.path)
		got := p.act(strings.TrimPrefix(path, base), string(text))
		if got.status == http.StatusCreated || got.status == http.StatusOK {
			return
		}
		var problem Problem
		if err := json.Unmarshal(got.body, &problem); err != nil || got.status >= 500 || problem.Rule == "" || problem.ZH == "" || problem.Title == "" {
			t.Fatalf("%s %s: %d %s", path, text, got.status, got.body)
		}
		if strings.Contains(string(got.body), secret) {
			t.Fatalf("%s repeats a personal number: %s", path, got.body)
		}
	})
}

package api

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// syntaxOf parses a folder's files without its tests.
func syntaxOf(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal(folder, err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// markedBy lists the types that have the marker method.
func markedBy(t *testing.T, folder, marker string) []string {
	t.Helper()
	var names []string
	for _, f := range syntaxOf(t, folder) {
		for _, d := range f.Decls {
			fn, is := d.(*ast.FuncDecl)
			if is && fn.Recv != nil && fn.Name.Name == marker {
				names = append(names, filepath.Base(folder)+"."+fn.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	if len(names) == 0 {
		t.Fatalf("nothing in %s has %s", folder, marker)
	}
	return names
}

// linesOfPapers are the commands that are only ever a line of a paper, each with
// the paper's own: entered alone they would refer to a paper that is not there.
var linesOfPapers = map[string]string{
	"household.RecordAppraisal":      "paper.HoldMeeting",
	"household.PostNotice":           "paper.PostSheet",
	"household.RaiseObjection":       "paper.RaiseSheetObjection",
	"household.InvestigateObjection": "paper.InvestigateSheetObjection",
	"household.AnswerObjection":      "paper.AnswerSheetObjection",
	"household.StrikeNoticeLine":     "paper.StrikeSheetLine",
	"household.RemoveNotice":         "paper.RemoveSheet",
	"household.RecordStudyLine":      "paper.HoldStudy",
	"household.ReceiveMembers":       "household.MergeHousehold", // the other side of a move
	"household.JoinClues":            "household.LinkUnconfirmed",
	"household.VoidLine":             "fund.VoidFundFact",
}

func TestEveryCommandHasARoute(t *testing.T) {
	t.Parallel()
	s := bare(t)
	routed := map[string]bool{"policy.Adopted": true} // entered as api.AdoptPack
	for _, r := range s.routes {
		routed[r.command] = true
	}
	var all []string
	all = append(all, markedBy(t, "domain/household", "isCommand")...)
	all = append(all, markedBy(t, "domain/paper", "isPaperCommand")...)
	all = append(all, markedBy(t, "domain/office", "isOfficeEvent")...)
	all = append(all, markedBy(t, "domain/policy", "isPolicyEvent")...)
	all = append(all, markedBy(t, "domain/duty", "isDutyCommand")...)
	for _, command := range all {
		if !routed[command] && !routed[linesOfPapers[command]] {
			t.Errorf("%s has no route", command)
		}
	}
	if !routed["api.AdoptPack"] {
		t.Error("no route adopts a pack")
	}
}

func TestEveryRuleIsAnswered(t *testing.T) {
	t.Parallel()
	for _, f := range syntaxOf(t, "domain/policy") {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, is := n.(*ast.ValueSpec)
			if !is || len(spec.Values) != 1 {
				return true
			}
			if typed, is := spec.Type.(*ast.Ident); !is || typed.Name != "Rule" {
				return true
			}
			rule := policy.Rule(strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`))
			if _, ok := caseRules[rule]; !ok {
				t.Errorf("%s (%s) has no answer", spec.Names[0].Name, rule)
			}
			return true
		})
	}
	for _, entry := range knownRules() {
		if entry.Title == "" || entry.ZH == "" || entry.Status < 400 || entry.Status > 599 {
			t.Errorf("%+v", entry)
		}
		for _, c := range entry.Title {
			if c > 127 {
				t.Errorf("%s: the title is not English", entry.Rule)
			}
		}
	}
}

func TestEveryCodeListIsServed(t *testing.T) {
	t.Parallel()
	served := 0
	for _, l := range codeLists {
		if len(l.Codes) == 0 {
			t.Errorf("%s is empty", l.Name)
		}
		if slices.ContainsFunc([]string{"modes", "stages", "income_kinds", "fund_kinds", "fund_sources", "reversal_reasons", "help_sources", "income_items", "income_steps", "red_warning_ends", "procedures", "steps", "document_kinds", "notice_states", "owed_kinds", "cadences", "duty_acts", "sign_kinds", "sign_outcomes", "inclusion_faults", "inspection_results", "evidence_kinds"}, func(n string) bool { return n == l.Name }) {
			continue
		}
		served++
	}
	declared := 0
	for _, f := range syntaxOf(t, "domain/code") {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, is := n.(*ast.ValueSpec)
			if is && len(spec.Values) == 1 {
				if lit, is := spec.Values[0].(*ast.CompositeLit); is {
					if named, is := lit.Type.(*ast.Ident); is && named.Name == "List" {
						declared++
					}
				}
			}
			return true
		})
	}
	if served != declared {
		t.Errorf("%d of %d code lists of domain/code are served", served, declared)
	}
}

// bare is the API with nothing behind it but its routes.
func bare(t *testing.T) *server {
	t.Helper()
	return newPlace(t, setting{}).api
}

type document struct {
	OpenAPI    string                                `json:"openapi"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas map[string]map[string]any `json:"schemas"`
	} `json:"components"`
}

func TestTheDocumentIsComplete(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	got := p.request(http.MethodGet, documentPath, nil, nil)
	var d document
	if err := json.Unmarshal(got.body, &d); err != nil || !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Fatal(d.OpenAPI, err)
	}
	ids := map[string]bool{}
	for _, r := range p.api.routes {
		raw, ok := d.Paths[r.path][strings.ToLower(r.method)]
		if !ok {
			t.Errorf("%s %s is not in the document", r.method, r.path)
			continue
		}
		operation(t, r, raw, ids)
	}
	references(t, got.body, d)
	walk := func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.HasPrefix(path, base) && d.Paths[path][strings.ToLower(method)] == nil {
			t.Errorf("%s %s is served and not in the document", method, path)
		}
		return nil
	}
	if err := chi.Walk(p.http.Config.Handler.(chi.Routes), walk); err != nil {
		t.Fatal(err)
	}
}

// operation checks what every operation must say.
func operation(t *testing.T, r route, raw json.RawMessage, ids map[string]bool) {
	t.Helper()
	var op struct {
		OperationID string   `json:"operationId"`
		Summary     string   `json:"summary"`
		Tags        []string `json:"tags"`
		Parameters  []struct {
			Name, In string
			Required bool
		} `json:"parameters"`
		RequestBody struct {
			Content map[string]struct {
				Schema map[string]any `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
		Responses map[string]json.RawMessage `json:"responses"`
	}
	if err := json.Unmarshal(raw, &op); err != nil {
		t.Fatal(err)
	}
	if op.OperationID == "" || ids[op.OperationID] || op.Summary == "" || len(op.Tags) != 1 || !strings.Contains(string(op.Responses["default"]), "/Problem") {
		t.Errorf("%s %s: %s %s %v", r.method, r.path, op.OperationID, op.Summary, op.Tags)
	}
	ids[op.OperationID] = true
	for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(r.path, -1) {
		found := false
		for _, p := range op.Parameters {
			found = found || p.In == "path" && p.Name == name[1] && p.Required
		}
		if !found {
			t.Errorf("%s does not describe {%s}", r.path, name[1])
		}
	}
	if r.command == "" {
		return
	}
	key := false
	for _, p := range op.Parameters {
		key = key || p.Name == "Idempotency-Key" && p.Required
	}
	ref, _ := op.RequestBody.Content["application/json"].Schema["$ref"].(string)
	if !key || !strings.HasPrefix(ref, schemasPrefix) {
		t.Errorf("%s: key %t, body %q", r.path, key, ref)
	}
}

// references checks that nothing is referred to that is not there.
func references(t *testing.T, text []byte, d document) {
	t.Helper()
	for _, m := range regexp.MustCompile(`"\$ref":"`+schemasPrefix+`([^"]+)"`).FindAllSubmatch(text, -1) {
		if d.Components.Schemas[string(m[1])] == nil {
			t.Errorf("%s is referred to and not there", m[1])
		}
	}
}

// Every schema is one that OpenAPI 3.1 knows: a type of JSON, lists with items,
// required fields that are there.
func TestTheSchemasAreSchemas(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	var d document
	if err := json.Unmarshal(p.request(http.MethodGet, documentPath, nil, nil).body, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Components.Schemas) < 100 {
		t.Errorf("only %d schemas", len(d.Components.Schemas))
	}
	for name, schema := range d.Components.Schemas {
		aSchema(t, name, schema)
	}
}

func aSchema(t *testing.T, at string, schema map[string]any) {
	t.Helper()
	types, _ := schema["type"].([]any)
	if one, is := schema["type"].(string); is {
		types = []any{one}
	}
	for _, name := range types {
		if !slices.Contains([]any{"object", "array", "string", "integer", "number", "boolean", "null"}, name) {
			t.Errorf("%s: type %v", at, name)
		}
	}
	items, _ := schema["items"].(map[string]any)
	if slices.Contains(types, any("array")) != (items != nil) {
		t.Errorf("%s: a list and its items", at)
	}
	if items != nil {
		aSchema(t, at+"[]", items)
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, property := range properties {
		aSchema(t, at+"."+name, property.(map[string]any))
	}
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if properties[name.(string)] == nil {
			t.Errorf("%s requires %v, which it does not have", at, name)
		}
	}
}

func TestCodesStandInTheSchemas(t *testing.T) {
	t.Parallel()
	s := bare(t)
	for name, want := range map[string]struct {
		field string
		list  code.List
	}{
		"RecordVisit":     {"kind", code.VisitKinds},
		"SignLetter":      {"scope", code.ComparisonSources},
		"DecideInclusion": {"class", code.Classes},
		"HouseholdMember": {"relation", code.Relations},
	} {
		schema := s.registry.Map()[name]
		if schema == nil {
			t.Errorf("%s has no schema", name)
			continue
		}
		field := schema.Properties[want.field]
		if field.Items != nil {
			field = field.Items
		}
		var have []string
		for _, e := range field.Enum {
			have = append(have, e.(string))
		}
		if !reflect.DeepEqual(have, want.list.Codes()) || !strings.Contains(field.Description, want.list[0].ZH) {
			t.Errorf("%s.%s: %v %s", name, want.field, have, field.Description)
		}
	}
}

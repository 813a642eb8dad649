package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Problem is why a request was not done (RFC 9457), with the rule that says so.
// It never repeats what was sent.
type Problem struct {
	Type   string      `json:"type" doc:"地址：/api/v1/rules/{rule}"`
	Title  string      `json:"title" doc:"English, the same for every occurrence of the rule"`
	Status int         `json:"status"`
	Rule   policy.Rule `json:"rule" doc:"规则编号；检查、界面和统计共用"`
	Cite   string      `json:"cite,omitzero" doc:"依据：文件及条款"`
	ZH     string      `json:"zh" doc:"可以直接给经办人看的说明"`
	// Lines of a paper that were refused or not entered, one per household.
	Lines  []ProblemLine  `json:"lines,omitzero"`
	Errors []ProblemField `json:"errors,omitzero" doc:"有误的字段"`
	// Version is the stream's real version where the one given is stale.
	Version int64 `json:"version,omitzero"`

	retry int // seconds
	cause error
}

// ProblemLine is what one household's line of a paper met.
type ProblemLine struct {
	Household string      `json:"household"`
	Rule      policy.Rule `json:"rule,omitzero"`
	Cite      string      `json:"cite,omitzero"`
	ZH        string      `json:"zh"`
}

// ProblemField is where a body or a parameter is not as it should be.
type ProblemField struct {
	Location string `json:"location" doc:"如 body/members/0/sex 或 query/limit"`
	Message  string `json:"message"`
}

// newProblem describes the rule. Without a zh of its own, or with one in which
// somebody's number would be repeated, it has the rule's text.
func newProblem(rule policy.Rule, zh string) *Problem {
	t := textOf(rule)
	if zh == "" || code.PersonalNumber(zh) != "" {
		zh = t.zh
	}
	p := &Problem{Type: rulesPath + "/" + string(rule), Title: t.title, Status: t.status, Rule: rule, ZH: zh}
	if t.status == http.StatusServiceUnavailable {
		p.retry = 1
	}
	return p
}

func (p *Problem) at(location, message string) *Problem {
	p.Errors = append(p.Errors, ProblemField{location, message})
	return p
}

func (p *Problem) Error() string { return string(p.Rule) + ": " + p.ZH }
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	return h
}

// writeProblem answers outside of huma's operations.
func writeProblem(w http.ResponseWriter, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"status":500}`)
	}
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // whoever asked is gone
}

// problems gives huma's own errors our form. Their values are what was posted,
// so only where and what is kept.
func (s *server) problems(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := newProblem(ruleOfStatus(model.Status), "")
	p.Status = model.Status
	for _, e := range model.Errors {
		if e != nil && e.Location != "" {
			p = p.at(location(e.Location), e.Message)
		}
	}
	return p, nil
}

func ruleOfStatus(status int) policy.Rule {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return inputTooLarge
	case http.StatusRequestTimeout:
		return inputTimeout
	case http.StatusBadRequest:
		return inputMissing
	case http.StatusUnprocessableEntity:
		return inputParameter
	}
	return serverInternal
}

// location writes huma's body.members[0].sex as body/members/0/sex.
func location(dotted string) string {
	return strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(dotted)
}

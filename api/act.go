package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// base is where every operation stands.
const base = "/api/v1"

// part is what every act has in common; the act's own fields stand beside it.
type part struct {
	Mode     act.Mode          `json:"mode,omitzero" doc:"performed 当场办理（默认）；transcribed 补录：此前已在纸上发生"`
	Happened calendar.Day      `json:"happened,omitzero" doc:"发生日期；不填为今天"`
	Clock    string            `json:"clock,omitzero" doc:"发生时刻，如15:04"`
	DoneBy   []commands.DoneBy `json:"done_by,omitzero" doc:"经办人；不填为录入人本人，补录必填"`
}

// body is an act as it is sent.
type body[C any] struct {
	Part    part `json:",inline"`
	Command C    `json:",inline"`
}

// ActInput is what the headers of an act say.
type ActInput struct {
	Key         string `header:"Idempotency-Key" required:"true" doc:"幂等键：同一键、同一内容重复提交只登记一次；可放心重试"`
	IfMatch     string `header:"If-Match" doc:"所见档案版本，如\"3\"；档案已变则412，不再重试"`
	Appointment string `header:"Shouwang-Appointment" doc:"录入人有多项任职时，写明以哪一项办理；用页面会话访问时为所选的一项"`
	RawBody     []byte `contentType:"application/json"`
}

// channel is how acts entered here came into the record.
const channel = "api"

// request is the act without what is done, entered by the caller.
func (in *ActInput) request(by *caller, p part) (commands.Request, error) {
	r := commands.Request{Key: in.Key, By: by.person, Appointment: by.appointment, Channel: channel,
		Mode: p.Mode, Happened: p.Happened, Clock: p.Clock, DoneBy: p.DoneBy}
	version, err := ifMatch(in.IfMatch)
	r.IfMatch = version
	return r, err
}

// ifMatch reads the version that the sender saw, quoted as an ETag is.
func ifMatch(header string) (*eventlog.Version, error) {
	if header == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(header, "W/"), `"`), 10, 64)
	if err != nil || n < 0 {
		return nil, newProblem(versionMalformed, "")
	}
	version := eventlog.Version(n)
	return &version, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Recorded is what became of an act.
type Recorded struct {
	ID         string    `json:"id" doc:"农户、材料或机构的编号"`
	Version    int64     `json:"version" doc:"登记后的档案版本"`
	RecordedAt time.Time `json:"recorded_at" doc:"录入时间"`
	Events     []string  `json:"events" doc:"记入档案的记录编号"`
	Flags      []Flag    `json:"flags" doc:"已登记但不符合规定之处，供日后检查"`
	Repeated   bool      `json:"repeated" doc:"同一请求此前已登记，这是当时的结果"`
	// Receipt is for waiting only: a later read with it shows this act.
	Receipt string         `json:"receipt,omitzero" doc:"回执：查询时带上，即可看到本次登记"`
	Lines   []RecordedLine `json:"lines,omitzero" doc:"材料上每户的登记结果"`
}

// Flag is a guard that what was recorded did not satisfy.
type Flag struct {
	Rule   policy.Rule `json:"rule"`
	Name   string      `json:"name"`
	Cite   string      `json:"cite,omitzero"`
	Detail string      `json:"detail"`
}

// RecordedLine is what a paper led to in one household's file.
type RecordedLine struct {
	Household string `json:"household"`
	Version   int64  `json:"version"`
	Flags     []Flag `json:"flags,omitzero"`
}

// recorded is the answer to an act.
type recorded struct {
	Status   int
	ETag     string `header:"ETag" doc:"登记后的档案版本"`
	Location string `header:"Location"`
	Receipt  string `header:"Shouwang-Receipt" doc:"回执"`
	Body     Recorded
}

func flagsOf(flags []commands.Flag) []Flag {
	out := make([]Flag, len(flags))
	for i, f := range flags {
		out[i] = Flag{f.Rule, textOf(f.Rule).zh, f.Cite, f.Detail}
	}
	return out
}

// record answers with a result; location is where what was written is read.
func (s *server) record(id, location string, r commands.Result) *recorded {
	out := &recorded{Status: http.StatusCreated, ETag: etag(int64(r.Version)), Location: location, Body: Recorded{
		ID: id, Version: int64(r.Version), RecordedAt: r.RecordedAt, Events: r.Events, Flags: flagsOf(r.Flags), Repeated: r.Repeated,
	}}
	if r.Repeated {
		out.Status = http.StatusOK
	}
	if s.Followers != nil {
		out.Receipt = string(s.Followers.Receipt(r.Position))
		out.Body.Receipt = out.Receipt
	}
	return out
}

// subject is a group of operations in the document.
type subject struct {
	*server
	tag string
}

func (s *server) about(tag string) subject { return subject{s, tag} }

// post registers an act whose own fields are C. It stands under base.
func post[I, C any](sub subject, path, summary string, take func(*I) *ActInput, enter func(context.Context, *I, commands.Request, C) (*recorded, error)) {
	s := sub.server
	command := reflect.TypeFor[C]()
	ref := s.bodySchema(command)
	sent := &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
	huma.Register(s.huma, huma.Operation{
		Method: http.MethodPost, Path: base + path, OperationID: kebab(command.Name()) + suffix(s, command), Summary: summary, Tags: []string{sub.tag},
		Description: "登记一项事实。" + docOf(command), RequestBody: sent, DefaultStatus: http.StatusCreated, Responses: refusals(s),
		MaxBodyBytes: maxBody, BodyReadTimeout: bodyTime, SkipValidateParams: true, SkipValidateBody: true,
	}, func(ctx context.Context, in *I) (*recorded, error) {
		ctx, cancel := context.WithTimeout(ctx, actTime)
		defer cancel()
		common := take(in)
		sent, err := decode[body[C]](s, ref, common.RawBody)
		if err != nil {
			return nil, s.problemOf(ctx, err)
		}
		r, err := common.request(callerOf(ctx), sent.Part)
		if err != nil {
			return nil, s.problemOf(ctx, err)
		}
		out, err := enter(ctx, in, r, sent.Command)
		if err != nil {
			return nil, s.problemOf(ctx, overtaken(err, r.IfMatch))
		}
		return out, nil
	})
	// huma describes a raw body as binary; it is the schema all the same.
	sent.Content["application/json"].Schema = ref
	s.routes = append(s.routes, route{http.MethodPost, base + path, command.String()})
}

// suffix tells the second route of one command from the first.
func suffix(s *server, command reflect.Type) string {
	n := 0
	for _, r := range s.routes {
		if r.command == command.String() {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "-" + strconv.Itoa(n+1)
}

// kebab writes RecordVisit as record-visit.
func kebab(name string) string {
	var b strings.Builder
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// docOf names the command in the words of the code.
func docOf(command reflect.Type) string { return "（" + command.String() + "）" }

package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"shouwang/api/web"
	"shouwang/domain/policy"
)

const rulesPath = base + "/rules"

// Rules that only a face needs: how a request is written, and what the server
// cannot do just now.
const (
	inputSyntax       policy.Rule = "input.syntax"
	inputEncoding     policy.Rule = "input.encoding"
	inputDuplicate    policy.Rule = "input.duplicate-field"
	inputUnknown      policy.Rule = "input.unknown-field"
	inputWrongType    policy.Rule = "input.wrong-type"
	inputMissing      policy.Rule = "input.body-missing"
	inputFieldMissing policy.Rule = "input.missing-field"
	inputNotInList    policy.Rule = "input.not-in-list"
	inputInvalid      policy.Rule = "input.invalid"
	inputTooLarge     policy.Rule = "input.too-large"
	inputMediaType    policy.Rule = "input.media-type"
	inputParameter    policy.Rule = "input.parameter"
	inputTimeout      policy.Rule = "input.timeout"
	dayMalformed      policy.Rule = "day.malformed"
	timeMalformed     policy.Rule = "time.malformed"
	versionMalformed  policy.Rule = "version.malformed"
	cursorInvalid     policy.Rule = "cursor.invalid"
	receiptInvalid    policy.Rule = "receipt.invalid"
	receiptNotYet     policy.Rule = "receipt.not-yet"
	readCurrentOnly   policy.Rule = "read.current-only"
	readUnavailable   policy.Rule = "read.unavailable"
	readNotFound      policy.Rule = "read.not-found"
	routeUnknown      policy.Rule = "route.unknown"
	routeMethod       policy.Rule = "route.method"
	originForeign     policy.Rule = "origin.foreign"
	outcomeUnknown    policy.Rule = "outcome.unknown"
	recordBusy        policy.Rule = "record.busy"
	recordUnavailable policy.Rule = "record.unavailable"
	paperLinesRefused policy.Rule = "paper.lines-refused"
	paperInterrupted  policy.Rule = "paper.interrupted"
	serverInternal    policy.Rule = "server.internal"
	serverTimeout     policy.Rule = "server.timeout"
	clientGone        policy.Rule = "client.gone"
	codeUnknown       policy.Rule = "code.unknown"
)

// statusGone is what is noted when the client left before the answer.
const statusGone = 499

// ruleText is how a rule is answered.
type ruleText struct {
	status int
	title  string
	zh     string // where the refusal brings no reason of its own
}

// textOf describes a rule; a guard that no line names is a conflict with the
// procedure.
func textOf(rule policy.Rule) ruleText {
	if t, ok := faceRules[rule]; ok {
		return t
	}
	t, ok := caseRules[rule]
	if !ok {
		t = ruleText{http.StatusConflict, "The procedure does not allow this now", ""}
	}
	if name, ok := policy.Rules[rule]; ok {
		t.zh = name.ZH
	}
	if t.zh == "" {
		t.zh = "不符合规定，未登记"
	}
	return t
}

// faceRules are those above.
var faceRules = map[policy.Rule]ruleText{
	inputSyntax:       {400, "The body is not valid JSON", "提交的内容不是有效的JSON"},
	inputEncoding:     {400, "The body is not valid UTF-8", "提交的内容不是有效的UTF-8文字"},
	inputDuplicate:    {400, "A field is given twice", "同一字段填写了两次"},
	inputUnknown:      {422, "A field is not known", "有不认识的字段；字段名区分大小写"},
	inputWrongType:    {422, "A value has the wrong type", "有字段的类型不对"},
	inputMissing:      {400, "The request has no body", "没有提交内容"},
	inputFieldMissing: {422, "A required field is missing", "有必填字段未填"},
	inputNotInList:    {422, "A code is not in its list", "有代码不在代码表中"},
	inputInvalid:      {422, "A value is not allowed", "有字段的内容不符合要求"},
	inputTooLarge:     {413, "The body is too large", "提交的内容过大：一次办理不超过1MiB"},
	inputMediaType:    {415, "The body must be application/json", "提交的内容应为application/json"},
	inputParameter:    {422, "A parameter is not allowed", "有参数不符合要求"},
	inputTimeout:      {408, "The body came too slowly", "提交的内容未能及时收到，请重试"},
	dayMalformed:      {422, "Not a day", "日期应写作2023-04-10，且为实有的日期"},
	timeMalformed:     {422, "Not an instant", "时间应写作2023-04-10（当日结束）或2023-04-10T09:00:00+08:00"},
	versionMalformed:  {400, "If-Match is not a version", "If-Match应为档案版本号，如\"3\""},
	cursorInvalid:     {400, "Not a cursor of this list", "翻页标记无效，或不属于这份名单及其筛选条件"},
	receiptInvalid:    {400, "Not a receipt of this record", "回执无效"},
	receiptNotYet:     {503, "Recorded, but not shown yet", "已登记，台账尚未显示，请稍后再看"},
	readCurrentOnly:   {422, "This can only be asked as of now", "这份台账只有现状；要看过去某日的情况，请查报告或逐户档案"},
	readUnavailable:   {503, "This cannot be answered just now", "暂时无法查询：相应的台账未就绪"},
	readNotFound:      {404, "Not found", "没有找到"},
	routeUnknown:      {404, "No such address", "没有这个地址"},
	routeMethod:       {405, "The address does not take this method", "这个地址不支持这种操作"},
	originForeign:     {403, "Sent by a page of another site", "请求来自其他网站的页面，未予办理"},
	outcomeUnknown:    {503, "Outcome unknown, safe to repeat", "结果未知，可放心重试：用同一幂等键再提交一次，不会重复登记"},
	recordBusy:        {409, "Others are writing to the same file", "该档案正被他人办理，请重试"},
	recordUnavailable: {503, "The record cannot be reached", "暂时无法连接数据库，未登记；可放心重试"},
	paperLinesRefused: {409, "Lines of the paper are refused", "材料上有农户不符合规定，整份未登记"},
	paperInterrupted:  {503, "The paper is recorded, some lines are not entered yet", "材料已登记，但尚有农户未办结；可放心重试，或继续办结"},
	serverInternal:    {500, "Internal error", "服务器内部错误，未能办理；已记录，请联系管理员"},
	serverTimeout:     {503, "It took too long", "办理超时，请稍后重试"},
	web.TooOften:      {429, "Too many requests", "提交得太频繁，请过一会儿再试"},
	codeUnknown:       {404, "No such code", "没有这个查询码，请核对后再输"},
	clientGone:        {statusGone, "The client left", "请求已中断"},
}

// RuleEntry is a rule as faces show it.
type RuleEntry struct {
	Rule   policy.Rule `json:"rule"`
	Status int         `json:"status" doc:"HTTP status when an act is refused by it"`
	Title  string      `json:"title"`
	ZH     string      `json:"zh"`
	// Guard: a pack says whether it blocks or flags.
	Guard bool `json:"guard"`
}

func entryOf(rule policy.Rule) RuleEntry {
	t := textOf(rule)
	_, guard := policy.Rules[rule]
	return RuleEntry{rule, t.status, t.title, t.zh, guard}
}

func knownRules() []RuleEntry {
	var all []RuleEntry
	for _, rules := range []map[policy.Rule]ruleText{faceRules, caseRules} {
		for rule := range rules {
			all = append(all, entryOf(rule))
		}
	}
	slices.SortFunc(all, func(a, b RuleEntry) int { return strings.Compare(string(a.Rule), string(b.Rule)) })
	return all
}

// rules serves the addresses that problems point to.
func (s *server) rules() {
	r := s.about("规则")
	get(r, "/rules", "list-rules", "全部规则编号", func(context.Context, *struct{}) (*answer[list[RuleEntry]], error) {
		return answerOf(list[RuleEntry]{Items: knownRules()}), nil
	})
	get(r, "/rules/{rule}", "get-rule", "一条规则", func(_ context.Context, in *struct {
		Rule string `path:"rule"`
	}) (*answer[RuleEntry], error) {
		rule := policy.Rule(in.Rule)
		_, face := faceRules[rule]
		_, known := caseRules[rule]
		if !face && !known {
			return nil, newProblem(readNotFound, "没有这条规则")
		}
		return answerOf(entryOf(rule)), nil
	})
}

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// What the notice board, its inspector's desk, the dashboard, the replay, the
// applications and the accounts look like with nothing in them.
func TestGoldenPagesWithNothingInThem(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	for name, at := range map[string][2]string{
		"board-empty":      {"", "/board/" + village},
		"track-empty":      {"", "/track"},
		"desk-empty":       {"notice_inspector", "/notices"},
		"compliance-empty": {"notice_inspector", "/notices/compliance"},
		"dashboard-empty":  {"county", "/dashboard"},
		"replay-empty":     {"discipline", "/households/" + p.own + "/replay?at=0"},
		"village-empty":    {"discipline", "/replay/village?known_at=2023-04-02&region=" + village},
		"accounts-empty":   {"system_administrator", "/admin/accounts?text=nobody"},
	} {
		b := p.browser()
		if at[0] != "" {
			b = p.as(at[0])
		}
		got := b.get(at[1])
		if got.status != http.StatusOK {
			t.Errorf("%s: %d", name, got.status)
		}
		golden(t, name, got.body)
	}
}

// The same with something refused.
func TestGoldenPagesOfWhatIsRefused(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	apply := url.Values{"key": {uuid.NewString()}, "name": {"柳长福"}, "content": {"妻子住院，请打13912345678"}, "writer": {"柳小明"}}
	for name, got := range map[string]page{
		"apply-refused":   p.browser().upload("/apply/"+village, apply, nil),
		"track-refused":   p.browser().post("/track", "code", "2222 2222 2222"),
		"board-refused":   p.browser().post("/board/"+village+"/objections", "notice", sheet, "household", p.own, "content", strings.Repeat("不", maxObjection+1), "name", "柳举报", "key", uuid.NewString()),
		"check-refused":   p.as("notice_inspector").upload("/notices/"+sheet+"/inspections", url.Values{"key": {"k"}, "happened": {"2023-04-03"}, "place": {"公示栏"}, "result": {"different"}, "note": {"电话13812341234"}}, nil),
		"account-refused": p.as("system_administrator").post("/admin/accounts", "login", "village", "name", "某人"),
	} {
		if want := http.StatusUnprocessableEntity; got.status != want && !(name == "track-refused" && got.status == http.StatusNotFound) {
			t.Errorf("%s: %d", name, got.status)
		}
		golden(t, name, got.body)
	}
}

// The same with far too much: sixty households of long names on one sheet, a file
// of three hundred entries, and two hundred accounts.
func TestGoldenPagesOfFarTooMuch(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.passes(time.Minute) // what is recorded in the same instant stands in no certain order
	long := p.longHousehold()
	replay := p.as("auditor").get("/replay/village?region=" + village)
	sheet := p.longSheet(60)
	for i := range 200 {
		must(p.site.Accounts.Open(t.Context(), accounts.By{Channel: "cli"}, accounts.Opening{Login: fmt.Sprintf("long-login-of-somebody-%03d", i), Name: strings.Repeat("阿不都热依木·", 3) + fmt.Sprint(i)}))(t)
	}
	tracking := p.longApplication()
	for name, got := range map[string]page{
		"board-long":     p.browser().get("/board/" + village),
		"sheet-long":     p.as("notice_inspector").get("/notices/" + sheet),
		"track-long":     p.browser().post("/track", "code", tracking),
		"replay-long":    p.as("discipline").get("/households/" + long + "/replay?at=150&compare=2"),
		"village-long":   replay,
		"dashboard-long": p.as("county").get("/dashboard"),
		"accounts-long":  p.as("system_administrator").get("/admin/accounts?at=100&text=long"),
	} {
		if got.status != http.StatusOK {
			t.Errorf("%s: %d", name, got.status)
		}
		golden(t, name, got.body)
	}
}

// longSheet is a notice of so many households with long names, who passed.
func (p *town) longSheet(households int) string {
	p.t.Helper()
	name := strings.Repeat("阿不都热依木·", 4) + "买买提"
	meeting := paper.HoldMeeting{Region: village, Procedure: policy.Inclusion, Place: "村委会", Entitled: 3, Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}}}
	sheet := paper.PostSheet{Region: village, Procedure: policy.Inclusion, Title: strings.Repeat("柳湾村防止返贫监测对象拟纳入名单", 3) + "公示", Place: strings.Repeat("村委会东侧", 5) + "公示栏", Phone: "0931-1234567"}
	for i := range households {
		id := p.register("village", village, fmt.Sprint(name, i))
		meeting.Items = append(meeting.Items, paper.MeetingItem{Household: id, For: 1, Result: code.Pass})
		sheet.Lines = append(sheet.Lines, paper.SheetLine{Household: id, Head: fmt.Sprint(name, i), Persons: 20, Class: code.Sudden})
	}
	id := commands.NewID("papers", village)
	for _, c := range []paper.Command{meeting, sheet} {
		must(p.handler.Paper(p.t.Context(), p.request("village"), id, c))(p.t)
	}
	p.shown()
	return id
}

// longApplication is one that was looked into and refused with a long reason.
func (p *town) longApplication() (tracking string) {
	p.t.Helper()
	apply := url.Values{"key": {uuid.NewString()}, "name": {"柳长福"}, "content": {"妻子住院，花了两万多"}}
	tracking = codeIn(p.t, p.browser().upload("/apply/"+village, apply, nil))
	reason := code.Text(strings.Repeat("医保和大病保险已报销，自付部分由临时救助解决。", 10))
	for _, c := range []household.Command{household.VerifyClue{Clue: "c1", Result: "no_risk", Reason: reason}, household.CloseUnconfirmed{Reason: reason}} {
		must(p.handler.Household(p.t.Context(), p.request("village"), applicationOf(typedCode(tracking)), c))(p.t)
	}
	return tracking
}

package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"shouwang/domain/calendar"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// printed is a sheet as it is printed. It is for the wall: in Chinese whatever
// the language of the screen.
type printed struct {
	id                              string
	title, text, period, objections string
	lines                           []paper.SheetLine
	classes                         bool
	issuer, day                     string
}

// printedOf is the sheet that is to be hung up.
func printedOf(_ context.Context, p posting) printed {
	day, err := calendar.ParseDay(p.acting.happened)
	if err != nil {
		day = 0 // the day is left open
	}
	out := printed{title: p.q.Get("title"), lines: p.lines}
	out.write(p.of, p.place, p.issuer, p.q.Get("phone"), day, p.days, p.count)
	return out
}

func (s *site) sheetPrint(w http.ResponseWriter, r *http.Request, v *visitor) error {
	h, err := s.hung(r, v, url.Values{})
	if err != nil {
		return err
	}
	out := printed{id: h.ID, title: h.Title, lines: h.SheetPosted.Lines}
	issuer := v.post.at.Name
	if len(h.fact.Act.DoneBy) > 0 {
		issuer = s.officeName(h.fact.Act.DoneBy[0].Office, h.fact.Act.Happened, issuer)
	}
	out.write(h.Procedure, h.place, issuer, h.Phone, h.fact.Act.Happened, h.days, h.count)
	return s.show(w, r, v, http.StatusOK, sheetPrintPage(out))
}

// whatFor says what each procedure's notice is about.
var whatFor = map[policy.Procedure]string{
	policy.Inclusion: "拟纳入防止返贫致贫监测对象", policy.Assistance: "拟实施的帮扶措施所涉农户", policy.Elimination: "拟认定风险消除的监测对象",
}

func (p *printed) write(of policy.Procedure, village, issuer, phone string, day calendar.Day, days int, count string) {
	p.classes = slices.ContainsFunc(p.lines, func(l paper.SheetLine) bool { return l.Class != "" })
	p.text = fmt.Sprintf("经%s民主评议，现将%s名单（共%d户）公示如下：", village, whatFor[of], len(p.lines))
	unit := dayCount(count)
	p.period = fmt.Sprintf("公示期%d%s。", days, unit)
	if end, known := (calendar.Period{Days: days, Count: count}).End(day); known && day != 0 {
		p.period = fmt.Sprintf("公示期%d%s，自%s起，至%s止。", days, unit, day.Chinese(), end.Chinese())
	}
	p.objections = "公示期间如有异议，可向" + issuer + "反映，电话：" + phone + "。反映人身份依规保密。"
	p.issuer = issuer
	if p.day = "　　　年　　月　　日"; day != 0 {
		p.day = day.Chinese()
	}
}

// sheetTitle is what a sheet is usually called.
func sheetTitle(_ context.Context, p posting) string { return p.place + whatFor[p.of] + "名单公示" }

func requiredDays(ctx context.Context, h hung) string {
	if h.days == 0 {
		return ""
	}
	return strconv.Itoa(h.days) + say(ctx, dayCount(h.count), " days")
}

// keyFor is the idempotency key of one of the page's forms.
func (h hung) keyFor(form string) string {
	if key := h.typed(form, "key"); key != "" {
		return key
	}
	return uuid.NewString()
}

// faultOf is why the form was refused; none of another form of the page.
func (h hung) faultOf(form string) fault {
	if h.form != form {
		return fault{}
	}
	return h.fault
}

// typed is what a field held of the form that was refused.
func (h hung) typed(form, field string) string {
	if h.form != form {
		return ""
	}
	return h.q.Get(field)
}

// findingsOf is what an inquiry found.
func findingsOf(f paper.Fact) string {
	e, _ := f.Event.(paper.SheetObjectionInvestigated) // only of such
	return string(e.Findings)
}

package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// annex is a paper that is printed for a household: the file itself, or a form
// that the sources name. They give titles only; the items are those of the
// collection form, and the layout is this system's, as each form says.
type annex struct {
	name   string
	zh     string
	source string // of 弥勒市 2020 (S1.40), where it has one
	en     string
}

// annexes that may be printed, in the order of the procedure.
var annexes = []annex{
	{"file", "一户一档", "", "The whole file"},
	{"application", "申请书", "附件1、2", "Application"},
	{"letter", "监测对象申请及承诺授权查询书", "", "Commitment and authorisation letter"},
	{"survey", "返贫致贫风险户调查表", "附件3-1", "Home survey"},
	{"income", "致贫返贫风险户收支测算表", "附件3-2", "Income and expenditure sheet"},
	{"measures", "致贫返贫风险户帮扶措施表", "附件4", "Measures of assistance"},
	{"study", "动态监测分析研判表", "附件5、6", "Study of the household"},
}

// title is what stands over the form: two of them are called after the class.
func (f annex) title(e *household.Episode) string {
	class := ""
	if e != nil {
		switch e.Class {
		case code.Unstable:
			class = "脱贫不稳定户"
		case code.Marginal:
			class = "边缘易致贫户"
		case code.Sudden:
			class = "突发严重困难户"
		}
	}
	if f.name == "application" || f.name == "study" {
		return class + f.zh
	}
	return f.zh
}

// everyone stands for all members: their personal data are shown in full.
const everyone = "*"

// printout is a form with what stands on it.
type printout struct {
	dossier
	annex
	mark
	full bool // personal data unmasked
}

// print makes a form of a household to be printed, once it is recorded that it
// is; personal data stand in it in full only if somebody said why.
func (s *site) print(w http.ResponseWriter, r *http.Request, v *visitor) error {
	at := slices.IndexFunc(annexes, func(f annex) bool { return f.name == chi.URLParam(r, "form") })
	if at < 0 {
		return errNoPage
	}
	r = r.WithContext(context.WithValue(r.Context(), languageKey, chinese)) // papers are in Chinese
	id, reason := chi.URLParam(r, "household"), code.Text(r.PostFormValue("in_full"))
	d, err := s.dossier(r.Context(), v, id)
	if err != nil {
		return err
	}
	p := printout{dossier: d, annex: annexes[at], full: strings.TrimSpace(string(reason)) != ""}
	p.mark, p.printed, p.writes = s.marked(v, "打印", p.annex.title(d.Episode())), true, false
	if p.full {
		if !slices.Contains(namesakes, v.role) {
			return errDenied
		}
		shown := account.PersonalShown{Household: id, Fields: []string{"id_number", "phone", "health"}, Reason: reason}
		if err := s.Accounts.Show(r.Context(), v.Account, shown, s.door(r)); err != nil {
			return err
		}
		p.clear = everyone
	}
	if err := s.copied(r, v, p.mark, "print", 1); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, printPage(p))
}

// latest is the fact of a kind that stands and happened last.
func latest[E household.Event](d dossier) (fact household.Fact, event E, ok bool) {
	for _, f := range factsOf[E](d) {
		if !ok || f.Happened() > fact.Happened() {
			fact, event, ok = f, f.Event.(E), true
		}
	}
	return fact, event, ok
}

// headMember is the household's head.
func (d dossier) headMember() household.Member {
	for _, m := range d.Members {
		if m.ID == d.Head {
			return m
		}
	}
	return household.Member{}
}

// present are the members who have not left.
func (d dossier) present() (members []household.Member) {
	for _, m := range d.Members {
		if m.Left == 0 {
			members = append(members, m)
		}
	}
	return members
}

// health is a member's state of health, which stands on a form only in full.
func (p printout) health(member string) string {
	switch health := p.people[member].health; {
	case health == "":
		return ""
	case p.full:
		return string(health)
	}
	return "（已登记）"
}

// memberName is a member's name by his id, as the visitor may see it.
func (d dossier) memberName(v *visitor, id string) string {
	for _, m := range d.Members {
		if m.ID == id {
			return shownName(v, m.Name)
		}
	}
	return ""
}

// ticked is a box before each entry of a list, those that hold ticked.
func ticked(list code.List, holds func(code string) bool) string {
	var b strings.Builder
	for _, e := range list {
		if holds(e.Code) {
			b.WriteString("☑" + e.ZH + "　")
		} else {
			b.WriteString("☐" + e.ZH + "　")
		}
	}
	return strings.TrimSuffix(b.String(), "　")
}

// hasRisk says whether the current episode names the risk.
func (d dossier) hasRisk(risk string) bool {
	e := d.Episode()
	return e != nil && slices.ContainsFunc(e.Risks, func(r household.RiskState) bool { return string(r.Risk) == risk })
}

// found is how an item of 两不愁三保障 was found last, "" where nobody looked.
func (d dossier) found(g string) string {
	for _, have := range d.Guarantees {
		if string(have.Guarantee) != g {
			continue
		}
		if have.OK {
			return "☑有保障　☐未保障（" + have.On.Chinese() + "）"
		}
		return "☐有保障　☑未保障（" + have.On.Chinese() + "）"
	}
	return "☐有保障　☐未保障"
}

// incomeItems are the items of one part of the sheet, each once.
func incomeItems(e household.IncomeRecorded, kind string) (items []household.IncomeItem) {
	for _, item := range e.Items {
		if item.Kind == kind {
			items = append(items, item)
		}
	}
	return items
}

// blankItems are all items of one part, to be filled in by hand.
func blankItems(kind string) (items []household.IncomeItem) {
	for _, item := range household.IncomeItems {
		if strings.HasPrefix(item.Code, kind+".") {
			items = append(items, household.IncomeItem{Kind: kind, Item: item.Code})
		}
	}
	return items
}

func sumOf(items []household.IncomeItem) (sum code.Fen) {
	for _, item := range items {
		sum += item.Fen
	}
	return sum
}

// itemName is what an item is called: its own name, or that of its part.
func itemName(item household.IncomeItem) string {
	if item.Item != "" {
		return household.IncomeItems.ZH(item.Item)
	}
	return household.IncomeKinds.ZH(item.Kind)
}

func count(n int) string { return strconv.Itoa(n) }

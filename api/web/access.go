package web

import (
	"errors"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/account"
	"shouwang/domain/policy"
)

// scope says for which places a page is opened.
type scope int

const (
	// anybody comes, logged in or not: the way in.
	anybody scope = iota + 1
	// own is the visitor's own account, whatever his role.
	own
	// system is the three administrators' ground.
	system
	// area is the visitor's own region and what lies in it: whatever region the
	// address names must lie there, and without one it is his own.
	area
	// one household, which must lie in the visitor's region.
	oneHousehold
	// one paper, whose place must lie in the visitor's region.
	onePaper
)

// entry is a route and who may come there. There is no route without one.
type entry struct {
	method, path string
	scope        scope
	who          []account.Role // of area, oneHousehold and system
	do           func(http.ResponseWriter, *http.Request, *visitor) error
}

var (
	errNoPage  = policy.Refuse("route.unknown", "没有这个页面")
	errLogin   = policy.Refuse(policy.SessionMissing, "请先登录")
	errDenied  = policy.Refuse(policy.AccessDenied, "您的职务不能查看或办理此项")
	errOutside = policy.Refuse(policy.AccessDenied, "不在您所在机构的管辖范围内")
)

// The kinds of users, as pages are opened for them.
var (
	caseworkers = []account.Role{account.Village, account.Township, account.County}
	helpers     = []account.Role{account.Village, account.Township, account.County, account.Department, account.Paired}
	readers     = append(slices.Clip(helpers), account.Discipline, account.Auditor)
	replayers   = append(slices.Clip(caseworkers), account.Discipline, account.Auditor)
	namesakes   = append(slices.Clip(caseworkers), account.Paired, account.Discipline)
	visitors    = append(slices.Clip(caseworkers), account.Paired)
	admins      = []account.Role{account.SystemAdmin, account.SecurityAdmin, account.AuditAdmin}
	keepers     = []account.Role{account.SystemAdmin, account.SecurityAdmin}
	openers     = []account.Role{account.SystemAdmin}
	watchers    = []account.Role{account.AuditAdmin}
)

// entries are all routes of the pages.
func (s *site) entries() []entry {
	return slices.Concat(s.formEntries(), s.adminEntries(), s.boardEntries(), []entry{
		{"GET", "/login", anybody, nil, s.loginForm},
		{"POST", "/login", anybody, nil, s.login},
		{"GET", issuedPath, anybody, nil, s.goToIssuer},
		{"GET", returnPath, anybody, nil, s.fromIssuer},
		{"GET", "/link/{link}", anybody, nil, s.linkForm},
		{"POST", "/link/{link}", anybody, nil, s.link},
		{"POST", "/language", anybody, nil, s.switchLanguage},
		{"GET", "/", own, nil, s.home},
		{"POST", "/logout", own, nil, s.logout},
		{"POST", "/prints", own, nil, s.recordPrint},
		{"GET", "/password", own, nil, s.passwordForm},
		{"POST", "/password", own, nil, s.password},
		{"GET", "/me", own, nil, s.me},
		{"GET", "/uploads/{hash}", own, nil, s.ownFile},
		{"POST", "/me/post", own, nil, s.choosePost},
		{"POST", "/me/sessions", own, nil, s.endSessions},
		{"POST", "/me/factor", own, nil, s.setFactor},
		{"POST", "/me/factor/removal", own, nil, s.removeFactor},
		{"POST", "/me/tokens", own, nil, s.issueToken},
		{"POST", "/me/tokens/{token}/revocation", own, nil, s.revokeToken},
		{"GET", "/work", area, helpers, s.work},
		{"GET", livePath, area, readers, s.live},
		{"GET", "/ledger", area, readers, s.ledger},
		{"GET", "/dashboard", area, readers, s.dashboard},
		{"GET", "/dashboard/waiting", area, readers, s.waitingFor},
		{"POST", "/ledger/views", area, readers, s.saveView},
		{"POST", "/ledger/views/{view}/removal", own, nil, s.removeView},
		{"POST", "/ledger/export", area, readers, s.export},
		{"GET", "/households/{household}", oneHousehold, readers, s.file},
		{"POST", "/households/{household}/personal", oneHousehold, namesakes, s.personal},
		{"POST", "/households/{household}/visits", oneHousehold, visitors, s.visit},
		{"POST", "/households/{household}/corrections", oneHousehold, caseworkers, s.correct},
		{"POST", "/households/{household}/prints/{form}", oneHousehold, readers, s.print},
		{"GET", "/households/{household}/replay", oneHousehold, replayers, s.replay},
		{"GET", "/households/{household}/photos/{hash}", oneHousehold, namesakes, s.householdPhoto},
		{"POST", "/households/{household}/papers/{hash}", oneHousehold, namesakes, s.householdPaper},
		{"GET", "/replay/village", area, replayers, s.villageReplay},
		{"GET", "/replay/person", area, inquirers, s.personReplay},
		{"GET", "/admin/accounts", system, admins, s.accounts},
		{"POST", "/admin/accounts", system, openers, s.openAccount},
		{"POST", "/admin/accounts/{account}/link", system, openers, s.issueLink},
		{"POST", "/admin/accounts/{account}/subject", system, openers, s.linkSubject},
		{"POST", "/admin/accounts/{account}/subject/removal", system, openers, s.unlinkSubject},
		{"POST", "/admin/accounts/{account}/closing", system, keepers, s.closeAccount},
		{"POST", "/admin/accounts/{account}/reopening", system, keepers, s.reopenAccount},
		{"POST", "/admin/accounts/{account}/sessions", system, keepers, s.revokeSessions},
		{"GET", "/admin/accounts/{account}/trail", system, watchers, s.trail},
	})
}

// open answers a route for whoever may come there, and nobody else.
func (s *site) open(e entry) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.limited(w, r, e)
		v := s.visitor(r)
		err := s.admits(e, r, v)
		if errors.Is(err, errLogin) && r.Method == http.MethodGet {
			http.Redirect(w, r, loginWith(r), http.StatusSeeOther)
			return
		}
		if v != nil && v.MustChange && e.scope != anybody && e.path != "/password" && e.path != "/logout" {
			http.Redirect(w, r, "/password", http.StatusSeeOther)
			return
		}
		if err == nil {
			err = e.do(w, r, v)
		}
		if err != nil {
			s.fail(w, r, v, err)
		}
	}
}

// admits says whether the visitor may come to the route, at the place that the
// address names.
func (s *site) admits(e entry, r *http.Request, v *visitor) error {
	switch {
	case e.scope == anybody:
		return nil
	case v == nil:
		return errLogin
	case e.scope == own:
		return nil
	case !slices.Contains(e.who, v.role):
		return errDenied
	}
	switch e.scope {
	case system:
		return nil
	case area:
		if region := r.URL.Query().Get("region"); region != "" && !s.covers(v, region) || v.region == "" {
			return errOutside
		}
		return nil
	case oneHousehold:
		row, err := s.Reads.Register.Get(r.Context(), chi.URLParam(r, "household"))
		if err != nil {
			return err
		}
		if !s.covers(v, row.Region) {
			return errOutside
		}
		return nil
	case onePaper:
		paper, err := s.named(r)
		if err != nil {
			return err
		}
		if !s.covers(v, paper.Region) {
			return errOutside
		}
		return nil
	}
	return errDenied
}

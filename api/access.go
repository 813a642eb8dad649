package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// whereabouts is how an operation names the region it is about.
type whereabouts int

const (
	nowhere    whereabouts = iota + 1 // about no region: code lists, offices
	inAddress                         // the household in its address
	listed                            // the region in its query; none is the caller's own
	fundIn                            // the fund in its address
	spotIn                            // the check on the spot in its address
	paperIn                           // the paper in its address
	checkIn                           // the concentrated check in its address, as far as it is held there
	checkWhole                        // all of the concentrated check in its address
	officeIn                          // the office in its address
	registerIn                        // the region, office or person whose register is in its address
	personIn                          // the person in its address, by his last office
	everything                        // the whole log
	decided                           // the region is in the body; commands look at it
)

// access is who may come to an operation, and for where.
type access struct {
	place whereabouts
	who   []account.Role
}

var (
	actors      = []account.Role{account.Village, account.Township, account.County, account.Department, account.Paired}
	knowsPeople = []account.Role{account.Village, account.Township, account.County, account.Paired, account.Discipline}
	// knowsFiles are told the names as the pages show them to each: in full or 王*某.
	knowsFiles  = append(slices.Clip(knowsPeople), account.Department, account.Auditor)
	knowsSheets = append(slices.Clip(knowsPeople), account.NoticeChecker)
	knowsSums   = append(slices.Clip(knowsPeople), account.Department, account.Auditor)
	anyRole     = append(slices.Clip(knowsSums), account.NoticeChecker)
	countyOnly  = []account.Role{account.County}
	inspectors  = []account.Role{account.Discipline}
	// commissioners may order inquiries into objections, if they are above who is concerned.
	commissioners = []account.Role{account.Township, account.County, account.Discipline}
	// knowsRegisters see what was entered of officials, the void struck through.
	knowsRegisters = []account.Role{account.County, account.Discipline}
	onTheSpot      = []account.Role{account.NoticeChecker, account.Discipline}
)

// householdActs are all acts on one household: the procedure itself says which
// capacity each of them takes.
const householdActs = "POST " + base + "/households/{household}/"

// accessTo is every other operation. What is not here is nobody's.
var accessTo = map[string]access{
	"GET /api/v1": {nowhere, anyRole}, "GET /api/v1/codes": {nowhere, anyRole}, "GET /api/v1/codes/{list}": {nowhere, anyRole},
	"GET /api/v1/rules": {nowhere, anyRole}, "GET /api/v1/rules/{rule}": {nowhere, anyRole},
	"GET /api/v1/regions": {nowhere, anyRole}, "GET /api/v1/regions/{region}": {nowhere, anyRole}, "GET /api/v1/offices": {nowhere, anyRole},
	"GET /api/v1/people/{person}": {nowhere, anyRole}, "GET /api/v1/policies/{region}": {nowhere, anyRole}, "GET /api/v1/village-assignments": {nowhere, anyRole},

	"POST /api/v1/households": {decided, actors}, "POST /api/v1/clues": {decided, actors}, "POST /api/v1/applications": {decided, actors},
	"GET /api/v1/households": {listed, knowsFiles}, "GET /api/v1/totals": {listed, knowsSums}, "GET /api/v1/reports/half-year": {listed, knowsSums},
	"GET /api/v1/notifications": {listed, knowsPeople}, "GET /api/v1/owed": {listed, knowsPeople}, "GET /api/v1/owed/counts": {listed, knowsSums},
	"GET /api/v1/households/{household}": {inAddress, knowsFiles}, "GET /api/v1/households/{household}/events": {inAddress, knowsPeople},
	"GET /api/v1/households/{household}/impact": {inAddress, knowsPeople}, "GET /api/v1/households/{household}/row": {inAddress, knowsFiles},
	"GET /api/v1/households/{household}/history": {inAddress, knowsFiles}, "GET /api/v1/households/{household}/income-sheets": {inAddress, knowsPeople},

	"POST /api/v1/studies": {decided, actors}, "POST /api/v1/handovers": {decided, actors}, "POST /api/v1/meetings": {decided, actors},
	"POST /api/v1/notices": {decided, actors}, "POST /api/v1/documents": {decided, actors},
	"POST /api/v1/notices/{notice}/objections": {paperIn, actors}, "POST /api/v1/notices/{notice}/objection-answers": {paperIn, actors},
	"POST /api/v1/notices/{notice}/objection-inquiries": {paperIn, actors},
	"POST /api/v1/notices/{notice}/struck-lines":        {paperIn, actors}, "POST /api/v1/notices/{notice}/removal": {paperIn, actors},
	"POST /api/v1/papers/{kind}/{id}/lines/{version}": {paperIn, actors},
	"GET /api/v1/papers":                              {listed, knowsSheets}, "GET /api/v1/papers/{kind}/{id}": {paperIn, knowsSheets}, "GET /api/v1/interrupted": {listed, actors},
	// Whoever is appointed to an inquiry may be of any office: the sheet itself says.
	"GET /api/v1/notices/{notice}/objections/{objection}/objector": {nowhere, anyRole}, "GET /api/v1/inquiries": {nowhere, anyRole},
	"GET /api/v1/notices/{notice}/inquirers": {paperIn, commissioners}, "POST /api/v1/notices/{notice}/inquirers": {paperIn, commissioners},
	"POST /api/v1/notices/{notice}/inquirer-corrections": {paperIn, commissioners},
	"GET /api/v1/notices":                                {listed, knowsSheets}, "GET /api/v1/notices/{notice}": {paperIn, knowsSheets},
	"POST /api/v1/inspections": {decided, onTheSpot}, "POST /api/v1/inspections/{inspection}/withdrawal": {decided, onTheSpot},
	"GET /api/v1/inspections": {listed, knowsSheets}, "GET /api/v1/reports/notices": {listed, knowsSheets},

	"POST /api/v1/regions": {decided, countyOnly}, "POST /api/v1/region-names": {decided, countyOnly}, "POST /api/v1/region-mergers": {decided, countyOnly},
	"POST /api/v1/offices": {decided, countyOnly}, "POST /api/v1/office-names": {decided, countyOnly},
	"POST /api/v1/appointments": {decided, countyOnly}, "POST /api/v1/appointment-endings": {decided, countyOnly},
	"POST /api/v1/kinship-declarations": {decided, actors}, "POST /api/v1/kinship-endings": {decided, actors},
	"POST /api/v1/village-assignments": {decided, actors}, "POST /api/v1/village-assignment-endings": {decided, actors},
	"POST /api/v1/policies": {decided, countyOnly}, "POST /api/v1/income-lines": {decided, countyOnly},
	"POST /api/v1/offices/{office}/duties-done": {decided, actors}, "POST /api/v1/offices/{office}/system-closures": {decided, actors},
	"POST /api/v1/offices/{office}/system-openings": {decided, actors},
	"POST /api/v1/offices/{office}/scale-risks":     {decided, actors}, "POST /api/v1/offices/{office}/scale-risk-measures": {decided, actors},
	"POST /api/v1/offices/{office}/scale-risk-endings": {decided, actors}, "GET /api/v1/scale-risks": {listed, knowsSums},
	"POST /api/v1/checks": {decided, actors}, "POST /api/v1/checks/{check}/villages": {decided, actors}, "POST /api/v1/checks/{check}/ending": {decided, actors},

	"POST /api/v1/funds": {decided, countyOnly}, "POST /api/v1/funds/{fund}/raisings": {fundIn, actors}, "POST /api/v1/funds/{fund}/approvals": {fundIn, actors},
	"POST /api/v1/funds/{fund}/payments": {fundIn, actors}, "POST /api/v1/funds/{fund}/reversals": {fundIn, actors},
	"GET /api/v1/funds": {listed, knowsSums}, "GET /api/v1/funds/{fund}": {fundIn, knowsSums}, "GET /api/v1/funds/{fund}/lines": {fundIn, knowsPeople},
	"GET /api/v1/funds/{fund}/qualifying": {fundIn, knowsPeople}, "GET /api/v1/fund-findings": {listed, knowsPeople}, "GET /api/v1/reports/size": {listed, knowsSums},

	"GET /api/v1/findings/inclusion": {listed, knowsPeople}, "GET /api/v1/reports/month": {listed, knowsPeople},
	"GET /api/v1/clues": {listed, knowsPeople}, "GET /api/v1/visits": {listed, knowsPeople}, "GET /api/v1/special-groups": {listed, knowsPeople},
	"GET /api/v1/reports/applications": {listed, knowsSums}, "GET /api/v1/duties": {listed, knowsSums},
	"GET /api/v1/checks": {listed, knowsSums}, "GET /api/v1/checks/{check}": {checkIn, knowsSums}, "GET /api/v1/checks/{check}/events": {checkWhole, knowsSums},
	"POST /api/v1/offices/{office}/corrections": {decided, actors}, "POST /api/v1/checks/{check}/corrections": {decided, actors},
	"GET /api/v1/offices/{office}/events": {officeIn, knowsSums}, "POST /api/v1/funds/{fund}/corrections": {fundIn, actors}, "GET /api/v1/funds/{fund}/events": {fundIn, knowsPeople},

	"POST /api/v1/office-corrections": {decided, countyOnly}, "POST /api/v1/policy-corrections": {decided, countyOnly},
	"GET /api/v1/registers/{register}/{of}": {registerIn, knowsRegisters},

	"POST /api/v1/attachments": {nowhere, anyRole}, "GET /api/v1/attachments/{hash}": {nowhere, anyRole},
	"GET /api/v1/attachments/{hash}/thumbnail": {nowhere, anyRole}, "GET /api/v1/attachments/{hash}/description": {nowhere, anyRole},
	"GET /api/v1/events": {everything, inspectors}, "GET /api/v1/people/{person}/doings": {personIn, inspectors},
}

// accessOf is who may come to an operation; nobody where nobody said.
func accessOf(method, path string) (access, bool) {
	if strings.HasPrefix(method+" "+path, householdActs) {
		return access{inAddress, actors}, true
	}
	if record, _, below := strings.Cut(path, "/attachments/{hash}"); below && method == http.MethodGet && record != base {
		a, ok := attachmentAccess[record]
		return a, ok
	}
	a, ok := accessTo[method+" "+path]
	return a, ok
}

// admitted lets a caller come where one of his posts may.
func (s *server) admitted(ctx huma.Context, next func(huma.Context)) {
	c := callerOf(ctx.Context())
	op := ctx.Operation()
	a, ok := accessOf(op.Method, op.Path)
	err := error(policy.Refuse(policy.AccessDenied, "您的职务不能查看或办理此项"))
	for _, p := range c.posts {
		if ok && err != nil && slices.Contains(a.who, p.role) {
			if err = s.within(ctx, p, a.place); err == nil {
				c.role = p.role
			}
		}
	}
	if err != nil {
		_, w := humachi.Unwrap(ctx)
		writeProblem(w, s.problemOf(ctx.Context(), err))
		return
	}
	next(ctx)
}

// within says whether what the operation is about lies in the post's region.
func (s *server) within(ctx huma.Context, p callerPost, where whereabouts) error {
	var region string
	switch where {
	case nowhere, decided:
		return nil
	case listed:
		if region = ctx.Query("region"); !s.everKnown(region) {
			return nil // answered as what is not there
		}
	case checkIn, checkWhole:
		held, err := s.Handler.CheckRegion(ctx.Context(), ctx.Param("check"))
		if err != nil || held == "" || where == checkIn && s.contains(held, p.region) {
			return err // no such check, or one that goes on in his region, too
		}
		region = held
	case officeIn:
		var found bool
		if region, found = s.officeRegion(ctx.Param("office")); !found {
			return nil // no such office
		}
	case registerIn:
		var found bool
		if region, found = s.registerRegion(ctx.Param("register"), ctx.Param("of")); !found {
			return nil // no such register
		}
	case personIn:
		var found bool
		if region, found = s.lastRegion(ctx.Param("person")); !found {
			return nil // nobody
		}
	case everything:
		return s.coversAll(p)
	default:
		var err error
		if region, err = s.regionOf(ctx, where); err != nil || region == "" {
			return err // what is not there is answered where it is looked for
		}
	}
	return s.coveredBy(p, region)
}

// regionOf is where the household, paper or fund in the address lies.
func (s *server) regionOf(ctx huma.Context, where whereabouts) (string, error) {
	kind, id := ctx.Param("kind"), ctx.Param("id")
	switch where {
	case inAddress:
		kind, id = "household", ctx.Param("household")
	case fundIn:
		kind, id = "fund", ctx.Param("fund")
	case spotIn:
		return s.Handler.InspectionRegion(ctx.Context(), ctx.Param("inspection"))
	default:
		if notice := ctx.Param("notice"); notice != "" {
			kind, id = "notice", notice
		}
	}
	switch kind {
	case "household": // two files that a move joins are a paper too
		facts, err := s.Handler.Facts(ctx.Context(), id)
		if err != nil || len(facts) == 0 {
			return "", err
		}
		state := household.Fold(id, facts, household.Times{})
		return state.Region, nil
	case "fund":
		return s.Handler.FundRegion(ctx.Context(), id)
	}
	return s.Handler.PaperRegion(ctx.Context(), commands.PaperStream(kind, id))
}

// everKnown says whether there is a region with the code, on whatever day.
func (s *server) everKnown(region string) (known bool) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		_, known = d.Region(region, calendar.Date(9999, 12, 31))
		return nil
	})
	return known
}

func (s *server) coveredBy(p callerPost, region string) error {
	if !s.contains(p.region, region) {
		return policy.Refuse(policy.AccessDenied, "不在您所在机构的管辖范围内")
	}
	return nil
}

// contains says whether a region lies within another today.
func (s *server) contains(region, part string) bool {
	within := false
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // it never fails
		within = d.Contains(region, part, s.today())
		return nil
	})
	return within
}

func (s *server) officeRegion(id string) (region string, found bool) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // it never fails
		var o office.Office
		o, found = d.Office(id, s.today())
		region = o.Region
		return nil
	})
	return region, found
}

// registerRegion is where what a register is kept of lies: a region, an office, or
// the office that a person holds or last held.
func (s *server) registerRegion(register, of string) (region string, found bool) {
	switch register {
	case "office":
		return s.officeRegion(of)
	case "kinship":
		var last office.Appointed
		_ = s.Handler.Directory.View(func(d *office.Directory) error { last, found = d.Last(of); return nil }) // it never fails
		if !found {
			return "", false
		}
		return s.officeRegion(last.Office)
	}
	return of, s.everKnown(of)
}

// lastRegion is where the last office lies to which a person was appointed.
func (s *server) lastRegion(person string) (region string, found bool) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // it never fails
		var last office.Appointed
		if last, found = d.Last(person); found {
			o, _ := d.Office(last.Office, s.today()) // one that is not there lies nowhere
			region = o.Region
		}
		return nil
	})
	return region, found
}

// coversAll asks for a post over every county of the log.
func (s *server) coversAll(p callerPost) error {
	return s.Handler.Directory.View(func(d *office.Directory) error {
		for _, top := range d.Children("", s.today()) {
			if !d.Contains(p.region, top.Code, s.today()) {
				return policy.Refuse(policy.AccessDenied, "不在您所在机构的管辖范围内")
			}
		}
		return nil
	})
}

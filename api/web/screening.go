package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// screeners enter what a department screened: the department itself, or the
// county's office, to which it sent the paper.
var screeners = []account.Role{account.County, account.Department}

// sifting is the form of a department's screening (部门筛查结果, S1.7): what was
// screened, and line by line the households at which something was found, as the
// department's list names them.
type sifting struct {
	filling
	rows []sifted
}

// sifted is a line of it.
type sifted struct {
	n       string // its number in the form, from 1
	who     string // as the list names the household: head, end of an ID number, file number
	problem string
	pick    string // which of several
	found   []projections.Household
	household,
	told string // why the line was not taken
}

const (
	// siftedRows are the lines of an empty form, fewest and most: a page, and what
	// people type at a sitting.
	siftedRows, mostSifted = 10, maxOnForm
	// siftedSpare are the empty lines below those that came back.
	siftedSpare = 5
	// maxNamesakes bounds those among whom one chooses.
	maxNamesakes = 8
)

func (s *site) siftingForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	c, err := s.sifting(v, r.URL.Query())
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, siftingPage(c))
}

// sifting is the form as it begins, or as it was sent.
func (s *site) sifting(v *visitor, q url.Values) (sifting, error) {
	c := sifting{filling: filling{caseForm: &caseForm{}, site: s, v: v, q: q, key: keyIn(q), region: cmp.Or(q.Get("region"), v.region)}}
	if !s.covers(v, c.region) {
		return c, errOutside
	}
	c.place, c.acting = s.placeName(v, c.region), s.acting(v, c.region, q)
	for i := range mostSifted {
		n := "_" + strconv.Itoa(i+1)
		row := sifted{who: text(c.typed("who" + n)), problem: c.typed("problem" + n), pick: c.typed("pick" + n)}
		if row.who != "" || row.problem != "" {
			row.n = strconv.Itoa(len(c.rows) + 1)
			c.rows = append(c.rows, row)
		}
	}
	return c, nil
}

// lines are the form's lines, with empty ones below.
func (c sifting) lines() []sifted {
	wanted := min(max(siftedRows, number(c.q.Get("rows")), len(c.rows)+siftedSpare), mostSifted)
	all := slices.Clone(c.rows)
	for len(all) < wanted {
		all = append(all, sifted{n: strconv.Itoa(len(all) + 1)})
	}
	return all
}

// about asks what was screened, where, when and with what outcome.
func (c sifting) about(ctx context.Context) []input {
	return []input{
		{kind: askLine, name: "title", label: say(ctx, "标题", "Title"), required: true},
		{kind: askLine, name: "number", label: say(ctx, "文号（没有可不填）", "Document number (if it has one)")},
		{kind: askOne, name: "department", label: say(ctx, "筛查部门", "Department"), options: listOptions(ctx, code.Departments, true), first: c.v.post.at.Department, required: true},
		{kind: askOne, name: "item", label: say(ctx, "筛查项目", "What was screened"), options: listOptions(ctx, code.Guarantees, true), required: true},
		c.placeInput(ctx, "region", "筛查范围", "Where"),
		{kind: askDay, name: "from", label: say(ctx, "筛查起", "From"), required: true},
		{kind: askDay, name: "to", label: say(ctx, "筛查止", "To"), required: true},
		{kind: askNumber, name: "checked", label: say(ctx, "筛查户数", "Households looked at"), required: true},
		{kind: askWords, name: "summary", label: say(ctx, "政策、工作落实情况", "How policy and work are carried out"), required: true},
		{kind: askSome, name: "shortfalls", label: say(ctx, "落实不到位的方面（没有可不选）", "What fell short (if anything)"), options: listOptions(ctx, code.Shortfalls, false)},
		{kind: askFiles, label: say(ctx, "部门来文扫描件或照片", "The department's paper, scanned or photographed")},
	}
}

// sift enters what was screened, and at each household named what was found.
func (s *site) sift(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	c, failed := s.sifting(v, r.PostForm)
	if failed != nil {
		return failed
	}
	var request commands.Request
	if err == nil {
		request, err = acted(r, v)
	}
	var result commands.PaperResult
	if err == nil {
		result, err = s.enterSifted(r, &c, request)
	}
	if f, refused := s.faultOf(r, err); refused {
		c.fault = f
		c.refusedAt(refusalIn(err))
		return s.show(w, r, v, f.status(), siftingPage(c))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/screenings/"+commands.NewID(request.By, request.Key))
}

func (s *site) enterSifted(r *http.Request, c *sifting, request commands.Request) (commands.PaperResult, error) {
	issue := paper.IssueDocument{Region: c.region, Kind: paper.ScreeningResult, Procedure: policy.Inclusion, Title: c.typed("title"), Number: c.typed("number"),
		Screening: paper.Screening{Department: c.typed("department"), Item: code.Guarantee(c.typed("item")), Checked: number(c.q.Get("checked")), Summary: c.text("summary"), Shortfalls: c.q["shortfalls"]}}
	var err error
	if issue.Screening.From, err = c.day("from"); err == nil {
		issue.Screening.To, err = c.day("to")
	}
	if err == nil {
		err = s.received(r, c.v, "photo", "")
	}
	if err == nil {
		err = s.lookUp(r.Context(), c)
	}
	if err != nil {
		return commands.PaperResult{}, err
	}
	issue.Paper = c.photo()
	for _, row := range c.rows {
		issue.Lines = append(issue.Lines, paper.DocumentLine{Household: row.household, Opinion: code.Text(row.problem)})
	}
	return s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), issue)
}

// lookUp finds the household of each line. The form is refused while one of them
// is found nowhere, or several are of whom nobody said which.
func (s *site) lookUp(ctx context.Context, c *sifting) error {
	regions, unclear := s.area(c.v, c.region), 0
	for i := range c.rows {
		row := &c.rows[i]
		if row.who == "" {
			continue // the paper itself refuses a line about nobody
		}
		found, next, err := s.Reads.Register.List(ctx, projections.Filter{Regions: regions, Whole: s.Handler.Directory.Whole(regions), Text: row.who}, projections.Page{Limit: maxNamesakes})
		if err != nil {
			return err
		}
		row.found = found
		at := slices.IndexFunc(found, func(h projections.Household) bool { return h.ID == row.pick || len(found) == 1 && next == "" })
		switch {
		case at >= 0:
			row.household = found[at].ID
			continue
		case len(found) == 0:
			row.told = say(ctx, "没有找到这一户：请写户主姓名、身份证号后四位或档案编号", "Nobody of that name here: write the head's name, the end of the ID number, or the file number")
		case next != "":
			row.told = say(ctx, "有许多户：请写全姓名，或写档案编号；在下列之中的，可直接选定", "There are many: write the whole name or the file number, or choose one of these")
		default:
			row.told = say(ctx, "有"+strconv.Itoa(len(found))+"户，请选定是哪一户", strconv.Itoa(len(found))+" households: choose which")
		}
		unclear++
	}
	if unclear > 0 {
		return policy.Refuse(policy.HouseholdUnknown, "有%d行还不知道是哪一户，见名单中的说明；整份材料没有登记", unclear)
	}
	return nil
}

// refusedAt tells beside the lines that it is about why the paper was refused.
func (c *sifting) refusedAt(refusal *policy.Refusal) {
	seen := map[string]bool{}
	for i := range c.rows {
		row := &c.rows[i]
		switch told := c.fault.lines[row.household]; {
		case row.told != "":
		case told != "":
			row.told = told
		case refusal == nil:
		case refusal.Rule == policy.PersonalInText && code.PersonalNumber(row.problem) != "",
			refusal.Rule == policy.Malformed && strings.HasPrefix(refusal.Reason, "名单") && (row.problem == "" || row.household == "" || seen[row.household]):
			row.told = c.fault.told
		}
		seen[row.household] = true
	}
}

// siftingFiled is the screening as it was entered.
func (s *site) siftingFiled(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	if d, _, _ := firstOf[paper.DocumentIssued](f); d.Kind != paper.ScreeningResult {
		return errNoPage
	}
	return s.listed(w, r, v)
}

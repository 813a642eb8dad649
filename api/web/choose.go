package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// batch is a paper that many households stand on, as a form enters it.
type batch struct {
	path       string // where it is entered
	step       policy.Step
	zh, en     string
	procedures []policy.Procedure

	level code.Level // of the place that it is made for, by the pack: see site.made
}

var everyProcedure = []policy.Procedure{policy.Inclusion, policy.Assistance, policy.Elimination}

// batches are the papers, in the order of the procedure, and those that belong to
// no step. Those under /lists are documents, two of them entries in a system.
var batches = []batch{
	{"/meetings", policy.Appraisal, "民主评议会", "Appraisal meeting", everyProcedure, ""},
	{"/sheets", policy.Notice, "公示单", "Notice sheet", everyProcedure, ""},
	{"/lists/village_report", policy.VillageReport, "村级上报名单", "Village's report", everyProcedure, ""},
	{"/lists/township_review", policy.TownshipReview, "乡镇审核意见", "Township's review", everyProcedure, ""},
	{"/lists/county_decision", policy.CountyDecision, "县级审定文件", "County's decision", []policy.Procedure{policy.Inclusion, policy.Elimination}, ""},
	{"/lists/list_handed_down", policy.ListHandedDown, "返回名单", "List handed down", []policy.Procedure{policy.Inclusion, policy.Elimination}, ""},
	{"/lists/announcement", policy.Announcement, "公告", "Announcement", []policy.Procedure{policy.Inclusion, policy.Elimination}, ""},
	{"/lists/system_entry", policy.SystemEntry, "系统录入", "System entries", []policy.Procedure{policy.Inclusion}, ""},
	{"/lists/system_mark", policy.SystemMark, "系统标注", "System marks", []policy.Procedure{policy.Elimination}, ""},
	{"/lists/elimination_roll_back", "", "风险消除回退文件", "Roll-back of eliminations", []policy.Procedure{policy.Elimination}, ""},
	{"/lists/inclusion_revocation", "", "撤销认定文件", "Revocation of inclusions", []policy.Procedure{policy.Inclusion}, ""},
}

// made is the paper as it is made where the visitor is: the pack says at which level
// its step is taken, and those that are no step are made by whoever decides. A study
// and a fund's list say themselves for which place they are made.
func (s *site) made(v *visitor, b batch) batch {
	if b.level != "" {
		return b
	}
	pack, _ := s.Handler.Directory.Pack(v.region, v.today) // none: the village
	b.level = pack.LevelOf("", cmp.Or(b.step, policy.CountyDecision))
	return b
}

// turnless says whether the paper is taken in no household's turn: whoever makes
// it looks for the households.
func (b batch) turnless() bool { return b.step == "" }

// batchOf finds the paper on which a step is taken.
func batchOf(step policy.Step) (batch, bool) {
	i := slices.IndexFunc(batches, func(b batch) bool { return b.step == step && !b.turnless() })
	if i < 0 {
		return batch{}, false
	}
	return batches[i], true
}

// maxOnForm bounds the households of one form: what people go through at a
// sitting. A longer list is entered as several papers.
const maxOnForm = 100

// choosing is the page on which a paper's households are chosen: those whose
// turn it is, and any other that is looked for.
type choosing struct {
	batch
	of      policy.Procedure
	asked   url.Values
	region  string
	regions []office.Region // from which the place is chosen
	waiting []projections.OwedItem
	more    bool // than are shown
	found   []projections.Household
	names   map[string]string
	chosen  []string
	told    string
}

// choose asks for the households of a paper. ok is true once they are chosen.
func (s *site) choose(r *http.Request, v *visitor, b batch) (c choosing, ok bool, err error) {
	q := r.URL.Query()
	c = choosing{batch: s.made(v, b), asked: q, of: policy.Procedure(q.Get("procedure")), chosen: q["household"]}
	if !slices.Contains(b.procedures, c.of) {
		c.of = b.procedures[0]
	}
	c.region, c.regions = s.placeFor(v, c.level, q.Get("region"))
	if q.Get("go") != "" && c.region != "" {
		switch n := len(c.chosen); {
		case n == 0:
			c.told = say(r.Context(), "请先勾选农户", "Tick the households first")
		case n > maxOnForm:
			c.told = say(r.Context(), "一份材料一次最多录100户，请分批", "At most 100 households at a time")
		default:
			return c, true, nil
		}
	}
	if c.region == "" {
		return c, false, nil
	}
	if err := s.turns(r, v, &c); err != nil {
		return c, false, err
	}
	if search := text(q.Get("text")); search != "" {
		filter := projections.Filter{Regions: s.area(v, c.region), Text: search}
		if c.found, _, err = s.Reads.Register.List(r.Context(), filter, projections.Page{Limit: limits[0]}); err != nil {
			return c, false, err
		}
	}
	c.names = s.names(v, func(yield func(string)) {
		for _, o := range c.waiting {
			yield(o.Region)
		}
		for _, h := range c.found {
			yield(h.Region)
		}
	})
	return c, false, nil
}

// turns finds those whose turn the paper's step is.
func (s *site) turns(r *http.Request, v *visitor, c *choosing) error {
	if c.turnless() {
		return nil
	}
	items, next, err := s.Reads.Owed.List(r.Context(), projections.OwedFilter{Regions: s.area(v, c.region), Step: string(c.step), Today: v.today},
		projections.Page{Limit: projections.MaxPage})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, o := range items {
		if o.Paper != "" || o.Procedure != "" && o.Procedure != string(c.of) || seen[o.Household] {
			continue
		}
		seen[o.Household] = true
		c.waiting = append(c.waiting, o)
	}
	c.more = next != ""
	return nil
}

// placeFor is the place that a paper of the level is made for: the one asked for,
// the visitor's own, or one from which to choose.
func (s *site) placeFor(v *visitor, level code.Level, asked string) (region string, all []office.Region) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		if own, ok := d.Region(v.region, v.today); ok && own.Level == level {
			all = append(all, own)
		}
		return nil
	})
	for _, r := range s.below(v) {
		if r.Level == level {
			all = append(all, r)
		}
	}
	for _, r := range all {
		if r.Code == asked {
			return r.Code, all
		}
	}
	if len(all) == 1 {
		return all[0].Code, all
	}
	return "", all
}

// has says whether the household is ticked.
func (c choosing) has(id string) bool { return slices.Contains(c.chosen, id) }

// others are households that were ticked and stand in none of the lists shown.
func (c choosing) others() (ids []string) {
	for _, id := range c.chosen {
		if !slices.ContainsFunc(c.waiting, func(o projections.OwedItem) bool { return o.Household == id }) &&
			!slices.ContainsFunc(c.found, func(h projections.Household) bool { return h.ID == id }) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// showChoice shows the page on which households are chosen.
func (s *site) showChoice(w http.ResponseWriter, r *http.Request, v *visitor, c choosing) error {
	return s.show(w, r, v, http.StatusOK, choicePage(c))
}

// choiceAgain is the page of choice with the same households ticked.
func choiceAgain(b batch, of policy.Procedure, region string, rows []onPaper) string {
	q := url.Values{"region": {region}, "procedure": {string(of)}}
	for _, h := range rows {
		q.Add("household", h.ID)
	}
	return b.path + "/new?" + q.Encode()
}

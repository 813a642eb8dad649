package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/projections"
)

const (
	// maxExport bounds the households of one file: more than a county has, and
	// a minute's reading of their files.
	maxExport = 10_000
	// exportTime bounds making one.
	exportTime = 3 * time.Minute
	// exportsAtOnce bounds how many are made at one time: each reads thousands of
	// files, and the others' pages must not wait for it.
	exportsAtOnce = 2
	excelType     = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// export sends what the ledger is asked for as an Excel file, with the columns
// of the official form, masked as on the page. That he took it is recorded
// before he gets it.
func (s *site) export(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	filter := s.filter(v, q)
	households, _, err := s.Reads.Register.Count(r.Context(), filter)
	switch {
	case err != nil:
		return err
	case households == 0:
		return policy.Refuse(policy.Malformed, "没有符合条件的农户，无可导出")
	case households > maxExport:
		return policy.Refuse(policy.Malformed, "符合条件的有%d户，一次最多导出%d户。请加上乡镇、村或类别等条件，分次导出", households, maxExport)
	}
	ctx, cancel := s.patient(r)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	m := s.marked(v, "导出", s.placeName(v, q.Get("region"))+"防止返贫监测帮扶台账")
	e, err := newExtract(s, v, m)
	if err != nil {
		return err
	}
	defer func() { _ = e.file.Close() }() // temporary files: the operating system's to clear
	if err := e.fill(ctx, filter); err != nil {
		return err
	}
	if err := e.explain(s.askedFor(ctx, v, q)); err != nil {
		return err
	}
	if err := s.copied(r, v, m, "export", e.rows); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", excelType)
	h.Set("Content-Disposition", `attachment; filename="ledger-`+m.number+`.xlsx"; filename*=UTF-8''`+url.PathEscape(m.title+" "+m.number+".xlsx"))
	return e.send(w)
}

// patient is a context in Chinese for what takes longer than a page, until who
// asked is gone.
func (s *site) patient(r *http.Request) (context.Context, context.CancelFunc) {
	ctx := context.WithValue(context.WithoutCancel(r.Context()), languageKey, chinese)
	ctx, cancel := context.WithTimeoutCause(ctx, exportTime, context.DeadlineExceeded)
	stop := context.AfterFunc(r.Context(), func() {
		if errors.Is(r.Context().Err(), context.Canceled) {
			cancel()
		}
	})
	return ctx, func() { stop(); cancel() }
}

// extract is an Excel file of households.
type extract struct {
	*workbook
	site *site
	v    *visitor
	rows int
}

func newExtract(s *site, v *visitor, m mark) (*extract, error) {
	b, err := newWorkbook(m)
	return &extract{workbook: b, site: s, v: v}, err
}

// fill writes the households that the filter finds, a page at a time, and then
// their members: sheets are written one after another.
func (e *extract) fill(ctx context.Context, filter projections.Filter) error {
	households, err := e.sheet("监测对象", householdHeads)
	if err != nil {
		return err
	}
	var members [][]any
	page := projections.Page{Limit: projections.MaxPage}
	for e.rows < maxExport {
		rows, next, err := e.site.Reads.Register.List(ctx, filter, page)
		if err != nil {
			return err
		}
		files, err := e.site.files(ctx, rows)
		if err != nil {
			return err
		}
		for i, row := range rows {
			e.rows++
			if err := households.add(e.household(ctx, row, files[i])); err != nil {
				return err
			}
			members = append(members, e.members(ctx, row, files[i])...)
		}
		if page.After = next; next == "" {
			break
		}
	}
	if err := households.Flush(); err != nil {
		return err
	}
	people, err := e.sheet("家庭成员", memberHeads)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := people.add(m); err != nil {
			return err
		}
	}
	return people.Flush()
}

// explain writes what the file is: a figure without its question is none.
func (e *extract) explain(asked [][2]string) error {
	s, err := e.sheet("说明", []heading{{"项目", 18}, {"内容", 80}})
	if err != nil {
		return err
	}
	lines := append([][2]string{
		{"名称", e.bears.title}, {"编号", e.bears.number}, {"导出人", e.bears.who}, {"导出时间", beijing(e.bears.at) + "（北京时间）"},
		{"户数", fmt.Sprintf("%d", e.rows)},
	}, asked...)
	lines = append(lines,
		[2]string{"说明", "家庭人口为计入人口；识别纳入时间为首次县级审定之日；人均纯收入为最近一年的收支测算；证件号码、联系电话为脱敏显示。"},
		[2]string{"说明", "本次导出已记录在案。栏目依采集表的项目，编排为本系统所定。"})
	for _, line := range lines {
		if err := s.add([]any{line[0], line[1]}); err != nil {
			return err
		}
	}
	return s.Flush()
}

// exported is a household's file as an export needs it.
type exported struct {
	household.State
	people map[string]particulars
}

// files reads the files of the households, whose keys are fetched together.
func (s *site) files(ctx context.Context, rows []projections.Household) ([]exported, error) {
	streams := make([]string, len(rows))
	for i, row := range rows {
		streams[i] = commands.HouseholdStream(row.ID)
	}
	sealers, err := s.Handler.Keys.ExistingMany(ctx, streams)
	if err != nil {
		return nil, err
	}
	files := make([]exported, len(rows))
	for i, row := range rows {
		var sealer wire.Sealer
		if k := sealers[streams[i]]; k != nil {
			sealer = k
		}
		facts, err := s.factsIn(ctx, streams[i], sealer)
		if err != nil {
			return nil, err
		}
		files[i] = exported{household.Fold(row.ID, facts, household.Times{}), particularsOf(household.Standing(facts, household.Times{}))}
	}
	return files, nil
}

// askedFor are the filters of an export in words.
func (s *site) askedFor(ctx context.Context, v *visitor, q url.Values) [][2]string {
	asked := [][2]string{{"区域", s.placeName(v, q.Get("region"))}}
	for _, f := range []struct {
		name, zh string
		list     code.List
	}{{"class", "类别", code.Classes}, {"stage", "状态", household.Stages}, {"risk", "风险", code.Risks}, {"kind", "农户类型", code.Kinds}} {
		if value := q.Get(f.name); value != "" {
			asked = append(asked, [2]string{f.zh, term(ctx, f.list, value)})
		}
	}
	if t := text(q.Get("text")); t != "" {
		if code.PersonalNumber(t) != "" {
			t = code.MaskID(t)
		}
		asked = append(asked, [2]string{"查找", t})
	}
	for _, f := range [][2]string{{"mine", "只看我负责的"}, {"no_labour", "整户无劳动力"}, {"unconfirmed", "待确认的线索对象"}} {
		if q.Get(f[0]) != "" {
			asked = append(asked, [2]string{"条件", f[1]})
		}
	}
	for _, n := range narrowedBy(ctx, q) {
		asked = append(asked, [2]string{"条件", n[1]})
	}
	return asked
}

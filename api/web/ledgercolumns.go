package web

import (
	"cmp"
	"context"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/projections"
)

// The columns of an export follow the items of the collection form (采集表,
// DOMAIN 3.8); the sources give no layout, so their order is ours.
var householdHeads = []heading{
	{"序号", 6}, {"乡镇", 12}, {"行政村", 12}, {"村民小组", 10}, {"户编号", 20}, {"档案编号", 20},
	{"户主姓名", 10}, {"性别", 6}, {"证件号码", 22}, {"联系电话", 14}, {"家庭人口", 8},
	{"户类型", 10}, {"监测对象类别", 14}, {"监测状态", 18},
	{"风险类型1", 12}, {"风险类型2", 12}, {"风险类型3", 12}, {"风险类型4", 12}, {"风险类型5", 12},
	{"整户无劳动力", 8}, {"义务教育", 8}, {"基本医疗", 8}, {"住房安全", 8}, {"饮水安全", 8},
	{"收入年度", 8}, {"人均纯收入（元）", 12}, {"识别纳入时间", 14}, {"帮扶措施数", 8},
	{"风险消除方式", 12}, {"风险消除时间", 14}, {"风险消除公告时间", 14}, {"风险消除标注时间", 14},
	{"监测责任人", 12}, {"帮扶责任人", 12}, {"最近走访", 14}, {"存疑项数", 8},
}

var memberHeads = []heading{
	{"乡镇", 12}, {"行政村", 12}, {"户编号", 20}, {"档案编号", 20}, {"户主姓名", 10}, {"姓名", 10}, {"性别", 6}, {"证件号码", 22}, {"联系电话", 14},
	{"与户主关系", 10}, {"劳动技能", 16}, {"户籍人口", 8}, {"共同生活", 8}, {"计入人口", 8}, {"计入说明", 24}, {"离开时间", 14}, {"离开原因", 10},
}

// riskColumns is how many risks the form has room for.
const riskColumns = 5

// household is its row, in the order of householdHeads.
func (e *extract) household(ctx context.Context, row projections.Household, f exported) []any {
	township, village := e.site.lineage(row.Region, e.v.today)
	head := f.member(f.Head)
	values := []any{e.rows, township, village, row.Group, row.NationalNo, row.FileNo,
		shownName(e.v, row.Head), term(ctx, code.Sexes, head.Sex), code.MaskID(string(f.people[head.ID].number)), code.MaskPhone(string(f.people[head.ID].phone)), row.Persons,
		term(ctx, code.Kinds, row.Kind), term(ctx, code.Classes, row.Class), term(ctx, household.Stages, row.Stage)}
	for i := range riskColumns {
		risk := ""
		if i < len(row.Risks) {
			risk = term(ctx, code.Risks, row.Risks[i])
		}
		values = append(values, risk)
	}
	values = append(values, yes(row.NoLabour))
	for _, g := range []code.Guarantee{"education", "medical", "housing", "water"} {
		values = append(values, f.guaranteed(g))
	}
	if row.Income != nil {
		values = append(values, row.IncomeYear, float64(*row.Income)/100)
	} else {
		values = append(values, nil, nil)
	}
	way := ""
	if ep := f.Episode(); ep != nil && ep.Eliminated != 0 {
		way = term(ctx, code.EliminationWays, ep.Way)
	}
	return append(values, date(ctx, row.Included), row.Measures, way, date(ctx, row.Eliminated), date(ctx, row.Announced), date(ctx, row.Marked),
		nameOf(row.Monitoring), nameOf(row.Assistance), date(ctx, row.LastVisit), row.Flags)
}

// members are the rows of the household's members, in the order of memberHeads.
func (e *extract) members(ctx context.Context, row projections.Household, f exported) (rows [][]any) {
	township, village := e.site.lineage(row.Region, e.v.today)
	for _, m := range f.Members {
		rows = append(rows, []any{township, village, row.NationalNo, row.FileNo, shownName(e.v, row.Head), shownName(e.v, m.Name), term(ctx, code.Sexes, m.Sex),
			cmp.Or(code.MaskID(string(f.people[m.ID].number)), documentless(ctx, m)), code.MaskPhone(string(f.people[m.ID].phone)),
			term(ctx, code.Relations, m.Relation), term(ctx, code.Labours, m.Labour), yes(m.Registered), yes(m.Living), yes(m.Counted), string(m.CountedReason),
			date(ctx, m.Left), term(ctx, code.LeaveReasons, m.Why)})
	}
	return rows
}

// lineage are the names of the township and the village of a region today.
func (s *site) lineage(region string, today calendar.Day) (township, village string) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for code := d.Current(region, today); code != ""; {
			r, ok := d.Region(code, today)
			if !ok {
				break
			}
			switch r.Level {
			case "township":
				township = r.Name
			case "village":
				village = r.Name
			}
			code = r.Parent
		}
		return nil
	})
	return township, village
}

func (f exported) member(id string) household.Member {
	for _, m := range f.Members {
		if m.ID == id {
			return m
		}
	}
	return household.Member{}
}

// guaranteed is how an item of the three guarantees was found last.
func (f exported) guaranteed(g code.Guarantee) string {
	for _, have := range f.Guarantees {
		if have.Guarantee == g {
			if have.OK {
				return "有保障"
			}
			return "未保障"
		}
	}
	return ""
}

func yes(is bool) string {
	if is {
		return "是"
	}
	return "否"
}

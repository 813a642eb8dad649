package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// OnDay asks about regions, offices and appointments on a day.
type OnDay struct {
	AsOf    string `query:"as_of" doc:"哪一天的区划、机构和任职；不填为今天" example:"2023-06-30"`
	KnownAt string `query:"known_at" doc:"名录只按现在所知：只能不填"`
}

func (o OnDay) day(today calendar.Day) (calendar.Day, error) {
	if o.KnownAt != "" {
		return 0, newProblem(readCurrentOnly, "区划、机构和任职的名录只按现在所知").at("query/known_at", "only now")
	}
	return dayParameter("as_of", o.AsOf, today)
}

// dayParameter reads a day of the query; none is the one given.
func dayParameter(name, text string, none calendar.Day) (calendar.Day, error) {
	if text == "" {
		return none, nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, newProblem(dayMalformed, "").at("query/"+name, "expected a day like 2023-06-30")
	}
	return day, nil
}

// RegionNode is a region in the tree of a day.
type RegionNode struct {
	office.Region
	LevelName string       `json:"level_name"`
	Pack      string       `json:"pack,omitzero" doc:"当日在当地有效的办法"`
	Children  []RegionNode `json:"children,omitzero"`
}

// administers registers a fact about regions, offices or appointments.
func administers[E office.Event](sub subject, path, summary string, id func(E) string) {
	s := sub.server
	post(sub, path, summary, (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, e E) (*recorded, error) {
		result, err := s.Handler.Office(ctx, r, e)
		if err != nil {
			return nil, err
		}
		return s.record(id(e), "", result), nil
	})
}

func (s *server) regions() {
	g := s.about("行政区划")
	administers(g, "/regions", "登记行政区划", func(e office.RegionEstablished) string { return e.Code })
	administers(g, "/region-names", "行政区划更名", func(e office.RegionRenamed) string { return e.Code })
	administers(g, "/region-mergers", "行政区划撤并", func(e office.RegionMerged) string { return e.Code })
	get(g, "/regions", "list-regions", "某日的区划树：一层或全部", func(_ context.Context, in *struct {
		OnDay
		Parent string `query:"parent" maxLength:"15" doc:"上级区划代码；不填为最上层"`
		Depth  int    `query:"depth" minimum:"1" maximum:"6" default:"1" doc:"往下几层"`
	}) (*answer[list[RegionNode]], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		out := list[RegionNode]{Items: []RegionNode{}}
		err = s.Handler.Directory.View(func(d *office.Directory) error {
			out.Items = append(out.Items, tree(d, in.Parent, day, in.Depth)...)
			return nil
		})
		return answerOf(out), err
	})
	get(g, "/regions/{region}", "get-region", "一个区划在某日的名称、上级、承接区划和办法", func(_ context.Context, in *struct {
		Region string `path:"region"`
		OnDay
	}) (*answer[RegionNode], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		node, err := s.region(in.Region, day)
		return answerOf(node), err
	})
}

func (s *server) region(region string, day calendar.Day) (RegionNode, error) {
	var node RegionNode
	err := s.Handler.Directory.View(func(d *office.Directory) error {
		r, ok := d.Region(region, day)
		if !ok {
			return newProblem(readNotFound, "当日没有这个行政区划")
		}
		node = nodeOf(r)
		node.Children = tree(d, region, day, 1)
		return nil
	})
	if err != nil {
		return node, err
	}
	if pack, ok := s.Handler.Directory.Pack(region, day); ok {
		node.Pack = pack.Name
	}
	return node, nil
}

func nodeOf(r office.Region) RegionNode {
	return RegionNode{Region: r, LevelName: code.Levels.ZH(string(r.Level))}
}

func tree(d *office.Directory, parent string, day calendar.Day, depth int) []RegionNode {
	var out []RegionNode
	for _, r := range d.Children(parent, day) {
		node := nodeOf(r)
		if depth > 1 {
			node.Children = tree(d, r.Code, day, depth-1)
		}
		out = append(out, node)
	}
	return out
}

// Area asks for a region by the tree of a chosen day.
type Area struct {
	Region   string `query:"region" maxLength:"15" doc:"行政区划代码：含其下全部；不填为全部"`
	RegionOn string `query:"region_on" doc:"按哪一天的区划树；不填为今天（报告为截至日期）"`
}

// codes returns every code that lies in the region on the day, nil for
// everywhere.
func (a Area) codes(s *server, none calendar.Day) ([]string, error) {
	day, err := dayParameter("region_on", a.RegionOn, none)
	if err != nil || a.Region == "" {
		return nil, err
	}
	var codes []string
	err = s.Handler.Directory.View(func(d *office.Directory) error {
		if _, ok := d.Region(a.Region, day); !ok {
			return newProblem(policy.RegionUnknown, "当日没有这个行政区划").at("query/region", "no such region on that day")
		}
		codes = d.Regions(a.Region, day)
		return nil
	})
	return codes, err
}

package demonstration

import (
	"fmt"

	"shouwang/domain/calendar"
)

// The county and its showcase village. The codes are in no list: 62 is a
// province, 6299 is nowhere.
const (
	County      = "629900"
	CountyName  = "守望县"
	Showcase    = "629900101201" // 柳湾村
	mergedCode  = "629900101202" // 上坪村, merged into 柳湾村
	perTownship = 7              // villages
)

var (
	firstDay  = calendar.Date(2021, 1, 1)
	lastDay   = calendar.Date(2023, 7, 3)
	asOf      = calendar.Date(2023, 6, 30)
	renamedOn = calendar.Date(2021, 6, 1)
	mergedOn  = calendar.Date(2022, 12, 1)
)

// township is a town (101 to 110) or township (201 to 208).
type township struct {
	index    int
	code     string
	name     string // 柳河镇
	villages []*village

	cadre, reviewer, paired official
}

// village is a villagers' committee (201 to 207).
type village struct {
	index    int // in the county
	code     string
	name     string // 柳湾村
	town     *township
	groups   []string
	villager []string // representatives of the villagers, for meetings

	secretary, clerk, team, grid official
	// next is the secretary after elections, from electedOn.
	next *official

	heir *village // village it was merged into
	ids  map[string]bool
}

var townNames = []string{
	"柳河镇", "东坪镇", "石桥镇", "临川镇", "青岭镇", "双塔镇", "望泉镇", "平安镇", "长岭镇", "南沟镇",
	"白杨乡", "红崖乡", "清水乡", "高台乡", "松林乡", "沙湾乡", "龙泉乡", "五里乡",
}

var (
	villageFirst = []string{"上", "下", "东", "西", "前", "后", "新", "大", "小", "中", "南", "北", "高", "双", "三", "石", "榆", "槐"}
	villageLast  = []string{"坪村", "湾村", "沟村", "庄村", "岭村", "川村", "坡村"}
	groupNames   = []string{"一组", "二组", "三组", "四组"}
)

// places invents the regions of the county.
func places() []*township {
	var towns []*township
	index := 0
	for i, name := range townNames {
		number := 101 + i
		if i >= 10 {
			number = 201 + i - 10
		}
		t := &township{index: i, code: fmt.Sprintf("%s%d", County, number), name: name}
		for j := range perTownship {
			v := &village{index: index, code: fmt.Sprintf("%s%d", t.code, 201+j), town: t, groups: groupNames, ids: map[string]bool{}}
			v.name = villageFirst[(i+3*j)%len(villageFirst)] + villageLast[j]
			t.villages = append(t.villages, v)
			index++
		}
		towns = append(towns, t)
	}
	liuwan, shangping := towns[0].villages[0], towns[0].villages[1]
	liuwan.name, shangping.name, shangping.heir = "柳湾村", "上坪村", liuwan
	return towns
}

// seat is the village whose committee acts for the village on the day.
func (v *village) seat(on calendar.Day) *village {
	if v.heir != nil && on >= mergedOn {
		return v.heir
	}
	return v
}

// board is where the village posts.
func (v *village) board() string { return v.name + "村务公开栏" }

package demonstration

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

var (
	surnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程柳田范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段")
	given    = []rune("德福长庚春生秋实永明建国志强玉兰桂芳秀英素珍金凤满仓有才得水来顺双喜广林树森文华武成海云山宝玲翠霞雪梅小丽晓燕新民向阳东升立秋凤琴月娥")
)

// personName makes up a name.
func personName(random *rand.Rand) string { return nameOf(surname(random), random) }

func surname(random *rand.Rand) string { return string(surnames[random.IntN(len(surnames))]) }

func nameOf(surname string, random *rand.Rand) string {
	name := surname + string(given[random.IntN(len(given))])
	if random.IntN(6) > 0 {
		name += string(given[random.IntN(len(given))])
	}
	return name
}

// chance returns what the seed has in store for a name: the same for ever,
// whatever else is invented.
func chance(seed int64, about string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(about))
	return rand.New(rand.NewPCG(uint64(seed), h.Sum64()))
}

// role is a place in a family.
type role struct {
	relation string
	youngest int // age on 1 January 2021
	oldest   int
	labour   code.Labour
	own      bool // has the head's surname
	sex      int  // 1, 2, or 0 for either
}

// With labour the first of a size, without labour the second.
var (
	working7 = []role{
		{"head", 34, 56, "ordinary", true, 1}, {"spouse", 32, 54, "weak", false, 2}, {"son", 4, 15, "none", true, 1},
		{"parent", 62, 80, "lost", true, 1}, {"daughter", 3, 17, "none", true, 2}, {"parent", 61, 79, "none", false, 2},
		{"daughter", 2, 12, "none", true, 2}, {"sibling", 30, 52, "lost", true, 1}, {"grandparent", 82, 93, "lost", false, 2},
	}
	unable4 = []role{
		{"head", 66, 86, "lost", true, 1}, {"spouse", 64, 84, "none", false, 2}, {"grandchild", 3, 9, "none", true, 0}, {"grandchild", 2, 8, "none", true, 0},
	}
)

// family invents the members of a household as of January 2021.
func family(v *village, persons int, able bool, random *rand.Rand) []household.Member {
	roles := working7
	if !able {
		roles = unable4
	}
	own := surname(random)
	var members []household.Member
	for i, r := range roles[:persons] {
		last := own
		if !r.own {
			last = surname(random)
		}
		sex := r.sex
		if sex == 0 || i == 0 && persons < 3 && random.IntN(3) == 0 {
			sex = 1 + random.IntN(2)
		}
		if i == 1 && members[0].Sex == "2" {
			sex = 1
		}
		m := member(v, fmt.Sprintf("m%d", i+1), nameOf(last, random), r.relation, sex, r.birth(random), r.labour, random)
		if i == 0 {
			m.Phone = code.Personal(fmt.Sprintf("100%08d", random.IntN(100_000_000))) // no network has numbers from 100
			if able && random.IntN(8) == 0 {
				m.Labour = "skilled"
			}
		}
		members = append(members, m)
	}
	return members
}

func (r role) birth(random *rand.Rand) calendar.Day {
	years := r.youngest + random.IntN(r.oldest-r.youngest+1)
	return firstDay.AddMonths(-12*years) - 1 - calendar.Day(random.IntN(364))
}

// member invents one with an ID number of nobody.
func member(v *village, id, name, relation string, sex int, birth calendar.Day, labour code.Labour, random *rand.Rand) household.Member {
	return household.Member{
		ID: id, Name: name, Sex: fmt.Sprint(sex), IDNumber: v.idNumber(sex, birth, random), Birth: birth, Relation: relation,
		Labour: labour, Registered: true, Living: true, Counted: true,
	}
}

// idNumber makes a number that nobody in the village has yet: area prefix 99,
// which is no province.
func (v *village) idNumber(sex int, birth calendar.Day, random *rand.Rand) code.Personal {
	area := fmt.Sprintf("99%02d%02d", v.town.index+1, v.index%perTownship+1)
	for sequence := random.IntN(400)*2 + sex%2; ; sequence += 2 {
		number := code.MakeIDNumber(area, birth, sequence%1000)
		if !v.ids[number] {
			v.ids[number] = true
			return code.Personal(number)
		}
	}
}

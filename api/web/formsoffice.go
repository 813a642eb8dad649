package web

import (
	"context"
	"slices"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/office"
)

// officeForms are offices, who holds which post in them, whose kin they are, and
// which villages an office answers for. An office of the county or above enters
// them; each has its days.
func officeForms() []placeForm {
	return []placeForm{
		{name: "office", zh: "登记机构", en: "Establish an office", under: "/places", who: countyOnly, plain: true, fields: officeFields, make: officeMade},
		{name: "office-name", zh: "机构更名", en: "Rename an office", under: "/places", who: countyOnly, plain: true, fields: officeNameFields, make: officeNameMade},
		{name: "appointment", zh: "登记任职", en: "Appoint somebody", under: "/places", who: countyOnly, plain: true, fields: appointFields, make: appointMade},
		{name: "appointment-ending", zh: "任职结束", en: "End an appointment", under: "/places", who: countyOnly, plain: true, fields: appointEndFields, make: appointEndMade},
		{name: "kinship", zh: "近亲属备案", en: "Declare a kinship", under: "/places", who: countyOnly, plain: true, fields: kinFields, make: kinMade},
		{name: "kinship-ending", zh: "近亲属备案结束", en: "End a declared kinship", under: "/places", who: countyOnly, plain: true, fields: kinEndFields, make: kinEndMade},
		{name: "assignment", zh: "登记包保", en: "Assign a village to an office", under: "/places", who: countyOnly, plain: true, fields: assignFields, make: assignMade},
		{name: "assignment-ending", zh: "包保结束", en: "End an assignment", under: "/places", who: countyOnly, plain: true, fields: assignEndFields, make: assignEndMade},
	}
}

// officeInput asks for an office in the visitor's region.
func (f filling) officeInput(ctx context.Context) input {
	i := input{kind: askOne, name: "office", label: say(ctx, "机构", "Office"), required: true, first: f.subject, options: []option{{"", say(ctx, "请选择", "choose")}}}
	for _, o := range f.site.officesOf(f.v) {
		i.options = append(i.options, option{o.ID, o.Name})
	}
	return i
}

// holdersInput asks for an appointment that is held today.
func (f filling) holdersInput(ctx context.Context, name, zh, en string, value func(office.Appointed) string) input {
	i := input{kind: askOne, name: name, label: say(ctx, zh, en), required: true, options: []option{{"", say(ctx, "请选择", "choose")}}}
	for _, o := range f.site.officesOf(f.v) {
		for _, a := range f.site.holders(o.ID, f.v.today) {
			if o := (option{value(a), a.Name + " · " + o.Title(a.Post)}); !slices.Contains(i.options, o) {
				i.options = append(i.options, o)
			}
		}
	}
	return i
}

func fromDay(ctx context.Context, f filling) input {
	return input{kind: askDay, name: "from", label: say(ctx, "自哪天起", "From"), first: f.v.today.String(), required: true}
}

func untilDay(ctx context.Context, f filling) input {
	return input{kind: askDay, name: "to", label: say(ctx, "最后一天", "Last day"), first: f.v.today.String(), required: true}
}

func officeFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "所在地", "Place"),
		{kind: askLine, name: "name", label: say(ctx, "机构名称", "Name"), required: true},
		{kind: askOne, name: "level", label: say(ctx, "层级", "Level"), options: listOptions(ctx, code.Levels, true), required: true},
		{kind: askOne, name: "department", label: say(ctx, "部门（行业部门填）", "Department (of a department's office)"), options: listOptions(ctx, code.Departments, true)},
		fromDay(ctx, f),
	}
}

func officeMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.Established{Office: "o-" + f.key, Region: f.typed("place"), Level: code.Level(f.typed("level")), Name: f.typed("name"), Department: f.typed("department"), From: from}, err
}

func officeNameFields(ctx context.Context, f filling) []input {
	return []input{f.officeInput(ctx), {kind: askLine, name: "name", label: say(ctx, "新名称", "New name"), required: true}, fromDay(ctx, f)}
}

func officeNameMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.Renamed{Office: f.typed("office"), Name: f.typed("name"), From: from}, err
}

func appointFields(ctx context.Context, f filling) []input {
	return []input{
		f.officeInput(ctx),
		{kind: askLine, name: "name", label: say(ctx, "姓名", "Name"), required: true},
		{kind: askLine, name: "person", label: say(ctx, "人员编号（已有账户或任过职的填，新人不填）", "Person (id of whoever has an account or held a post; empty for somebody new)")},
		{kind: askLine, name: "post", label: say(ctx, "职务", "Post"), required: true},
		{kind: askOne, name: "capacity", label: say(ctx, "履职身份", "Capacity"), options: listOptions(ctx, code.Capacities, true), required: true},
		fromDay(ctx, f),
		{kind: askDay, name: "to", label: say(ctx, "任期止（未定不填）", "Until (may stay empty)")},
	}
}

func appointMade(f filling) (any, error) {
	c := office.Appointed{Appointment: "a-" + f.key, Office: f.typed("office"), Person: f.typed("person"), Name: f.typed("name"), Post: f.typed("post"), Capacity: code.Capacity(f.typed("capacity"))}
	if c.Person == "" {
		c.Person = "p-" + f.key // the same when it is sent twice
	}
	var err error
	if c.From, err = f.day("from"); err != nil {
		return nil, err
	}
	c.To, err = f.day("to")
	return c, err
}

func appointEndFields(ctx context.Context, f filling) []input {
	return []input{
		f.holdersInput(ctx, "appointment", "哪一项任职", "Which appointment", func(a office.Appointed) string { return a.Appointment + "|" + a.Office }),
		untilDay(ctx, f),
	}
}

func appointEndMade(f filling) (any, error) {
	id, at, _ := strings.Cut(f.typed("appointment"), "|")
	to, err := f.day("to")
	return office.AppointmentEnded{Appointment: id, Office: at, To: to}, err
}

func kinFields(ctx context.Context, f filling) []input {
	return []input{
		f.holdersInput(ctx, "person", "干部", "Official", func(a office.Appointed) string { return a.Person }),
		otherFile(ctx, "亲属所在户的档案编号", "Number of the file of the kin's household", true),
		{kind: askLine, name: "member", label: say(ctx, "亲属姓名（该户成员）", "Name of the kin, a member there"), required: true},
		{kind: askOne, name: "relation", label: say(ctx, "亲属关系", "Relation"), options: listOptions(ctx, code.KinRelations, true), required: true},
		fromDay(ctx, f),
		{kind: askLine, name: "document", label: say(ctx, "备案文号", "Document number")},
	}
}

func kinMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.KinshipDeclared{Declaration: "k-" + f.key, Person: f.typed("person"), Household: f.typed("file"), Member: f.typed("member"), Relation: f.typed("relation"), From: from, Document: f.typed("document")}, err
}

func kinEndFields(ctx context.Context, f filling) []input {
	i := input{kind: askOne, name: "kinship", label: say(ctx, "哪一项备案", "Which declaration"), required: true}
	for _, k := range f.site.kinships(f.v) {
		i.options = append(i.options, option{k.Declaration + "|" + k.Person, f.site.nameOf(k.Person) + " · " + term(ctx, code.KinRelations, k.Relation) + " " + date(ctx, k.From) + say(ctx, "起", " on")})
	}
	return []input{i, untilDay(ctx, f), {kind: askWords, name: "reason", label: say(ctx, "原因", "Why"), required: true}}
}

func kinEndMade(f filling) (any, error) {
	id, person, _ := strings.Cut(f.typed("kinship"), "|")
	to, err := f.day("to")
	return office.KinshipEnded{Declaration: id, Person: person, To: to, Reason: f.text("reason")}, err
}

func assignFields(ctx context.Context, f filling) []input {
	return []input{f.officeInput(ctx), f.placeInput(ctx, "place", "包保哪个村", "Village", code.Village), fromDay(ctx, f), {kind: askLine, name: "document", label: say(ctx, "文号", "Document number")}}
}

func assignMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.VillageAssigned{Assignment: "v-" + f.key, Office: f.typed("office"), Village: f.typed("place"), From: from, Document: f.typed("document")}, err
}

func assignEndFields(ctx context.Context, f filling) []input {
	i := input{kind: askOne, name: "assignment", label: say(ctx, "哪一项包保", "Which assignment"), required: true}
	for _, a := range f.site.assignments(f.v) {
		i.options = append(i.options, option{a.Assignment + "|" + a.Office, f.site.officeName(a.Office, f.v.today, a.Office) + " · " + f.site.regionName(a.Village, f.v.today)})
	}
	return []input{i, untilDay(ctx, f)}
}

func assignEndMade(f filling) (any, error) {
	id, at, _ := strings.Cut(f.typed("assignment"), "|")
	to, err := f.day("to")
	return office.VillageAssignmentEnded{Assignment: id, Office: at, To: to}, err
}

package web

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// inputKind is how a field of a form is filled in.
type inputKind int

const (
	askLine  inputKind = iota + 1
	askWords           // several lines
	askDay
	askNumber
	askMoney // in yuan
	askOne   // of several answers
	askSome  // of several answers
	askFiles
	askPart    // a heading over what follows
	askNothing // carried along
)

// input is a field of a form.
type input struct {
	kind     inputKind
	name     string
	label    string
	hint     string
	folded   bool // of a part: it is shut while nothing stands in it
	options  []option
	first    string // what it begins with
	required bool
	max      int
}

// option is one of the answers from which a field chooses.
type option struct{ value, label string }

// asked is what stands in a field now.
func (f filling) value(i input) string {
	if f.q.Has(i.name) {
		return f.q.Get(i.name)
	}
	return i.first
}

func (f filling) ticked(i input, value string) bool {
	for _, have := range f.q[i.name] {
		if have == value {
			return true
		}
	}
	return !f.q.Has("key") && i.first == value
}

// typed is what was typed into a field.
func (f filling) typed(name string) string { return strings.TrimSpace(f.q.Get(name)) }

func (f filling) text(name string) code.Text { return code.Text(f.typed(name)) }

// day reads a field as a day; empty is none.
func (f filling) day(name string) (calendar.Day, error) {
	if f.typed(name) == "" {
		return 0, nil
	}
	d, err := calendar.ParseDay(f.typed(name))
	if err != nil {
		return 0, misfill(name, "日期应写作2023-04-10")
	}
	return d, nil
}

// fen reads a field as yuan with at most two decimals; empty is nothing.
func (f filling) fen(name string) (code.Fen, error) {
	typed := strings.NewReplacer(",", "", "，", "").Replace(f.typed(name))
	if typed == "" {
		return 0, nil
	}
	whole, part, _ := strings.Cut(typed, ".")
	yuan, err := strconv.ParseInt(whole, 10, 64)
	cents := int64(0)
	if err == nil && part != "" {
		cents, err = strconv.ParseInt((part + "0")[:min(2, len(part)+1)], 10, 64)
	}
	if err != nil || len(part) > 2 || yuan < 0 || yuan > math.MaxInt32 || cents < 0 {
		return 0, misfill(name, "金额以元填写，最多两位小数，如1234.50")
	}
	return code.Fen(yuan*100 + cents), nil
}

// photo is the file that was sent, or none.
func (f filling) photo() code.Attachment {
	if all := f.allPhotos(); len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

func (f filling) allPhotos() []code.Attachment { return filesIn(f.q, "photo") }

// paperField asks for the papers that a step left, of the kind that it usually leaves.
func paperField(ctx context.Context, kind string) input {
	return input{kind: askFiles, name: "paper", label: term(ctx, policy.EvidenceKinds, kind) + say(ctx, "扫描件或照片（可多份）", ", scanned or photographed (several)"), max: maxPhotos}
}

// exhibits are the papers that were sent, of that kind.
func (f filling) exhibits(kind string) (papers []household.Exhibit) {
	for _, file := range filesIn(f.q, "paper") {
		papers = append(papers, household.Exhibit{Kind: kind, File: file})
	}
	return papers
}

// file is the name of a field for files.
func (i input) file() string { return orFirst(i.name, "photo") }

// listOptions are the entries of a code list, after an empty one if it may stay
// open.
func listOptions(ctx context.Context, list code.List, open bool) (options []option) {
	if open {
		options = append(options, option{"", say(ctx, "请选择", "choose")})
	}
	for _, e := range list {
		options = append(options, option{e.Code, say(ctx, e.ZH, e.EN)})
	}
	return options
}

// members are the household's living members, the head first chosen.
func (f filling) members(ctx context.Context, open bool) (options []option) {
	if open {
		options = append(options, option{"", say(ctx, "请选择", "choose")})
	}
	for _, m := range f.Members {
		if m.Left == 0 {
			options = append(options, option{m.ID, shownName(f.v, m.Name) + " " + term(ctx, code.Relations, m.Relation)})
		}
	}
	return options
}

// officials are those who may be named, by the appointments of the day.
func (f filling) officials(ctx context.Context) (options []option) {
	options = append(options, option{"", say(ctx, "请选择", "choose")})
	for _, c := range f.people {
		if slices.Contains(household.Responsibles, c.Capacity) {
			options = append(options, option{c.Person, c.Name + " " + c.at + c.Post})
		}
	}
	return options
}

// official is the person of that id as he is named in a file.
func (f filling) official(person string) (out household.Responsible) {
	out.Person = person
	for _, c := range f.people {
		if c.Person == person {
			return household.Responsible{Person: person, Name: c.Name, Post: c.Post}
		}
	}
	return out
}

// inputNames are the fields that tell a refusal themselves.
func inputNames(all []input) (names []string) {
	for _, i := range all {
		switch i.kind {
		case askFiles:
			names = append(names, i.file())
		case askPart, askNothing:
		default:
			names = append(names, i.name)
		}
	}
	return names
}

// section is a part of a form: a heading, and the fields under it.
type section struct {
	input
	fields []input
}

// sections divides a form's fields by its headings.
func sections(all []input) []section {
	parts := []section{{}}
	for _, i := range all {
		if i.kind == askPart {
			parts = append(parts, section{input: i})
			continue
		}
		last := &parts[len(parts)-1]
		last.fields = append(last.fields, i)
	}
	return parts
}

// opened says whether anything was filled in under the heading.
func (p section) opened(f filling) bool {
	for _, i := range p.fields {
		if i.kind == askLine && f.typed(i.name) != "" || f.fault.field == i.name && f.fault.told != "" {
			return true
		}
	}
	return !p.folded
}

// tells is the field beside which a refusal is told.
func (i input) tells() string {
	if i.kind == askFiles {
		return i.file()
	}
	return i.name
}

package web

import (
	"context"
	"math"
	"strconv"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
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
	if len(f.photos) == 0 {
		return ""
	}
	return code.Attachment(f.photos[len(f.photos)-1])
}

func (f filling) allPhotos() (all []code.Attachment) {
	for _, hash := range f.photos {
		all = append(all, code.Attachment(hash))
	}
	return all
}

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
		if helps[c.Capacity] {
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
			names = append(names, "photo")
		case askPart, askNothing:
		default:
			names = append(names, i.name)
		}
	}
	return names
}

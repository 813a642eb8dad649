package web

import (
	"context"
	"net/http"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

// movingForms are what moves between two households: each act is one form here and
// an event in both files.
func movingForms() []caseForm {
	return []caseForm{
		{name: "leaving", zh: "减少成员", en: "A member leaves", ready: confirmed, fields: leaveFields, make: leaveMade},
		{name: "split", zh: "分户", en: "Split the household", ready: func(h household.State) bool { return confirmed(h) && len(h.Present()) > 1 }, fields: splitFields, make: splitMade},
		{name: "merge", zh: "并户（合户）", en: "Merge into another household", ready: func(h household.State) bool { return confirmed(h) && len(h.Present()) > 0 }, fields: mergeFields, make: mergeMade},
	}
}

// otherFile asks for the number of another household's file.
func otherFile(ctx context.Context, zh, en string, required bool) input {
	return input{kind: askLine, name: "file", label: say(ctx, zh, en), hint: say(ctx, "档案编号在台账中可查", "the file's number stands in the ledger"), required: required}
}

func leaveFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "成员", "Member"), options: f.members(ctx, true), required: true},
		{kind: askOne, name: "why", label: say(ctx, "减少原因", "Why"), options: listOptions(ctx, code.LeaveReasons[:3], true), required: true},
		{kind: askPart, label: say(ctx, "转入的农户（本地已有档案的填；去世、外嫁外迁的不填）", "The household that takes the member in, if it has a file here"), folded: true},
		otherFile(ctx, "转入户的档案编号", "Number of its file", false),
		{kind: askOne, name: "relation", label: say(ctx, "与转入户户主的关系", "Relation to its head"), options: listOptions(ctx, code.Relations[1:], true)},
	}
}

func leaveMade(f filling) (household.Command, error) {
	c := household.RecordLeaving{Member: f.typed("member"), Reason: f.typed("why"), To: f.typed("file"), Relation: f.typed("relation")}
	switch {
	case c.To != "" && c.Relation == "":
		return nil, misfill("relation", "请选择与转入户户主的关系")
	case c.To == "" && c.Relation != "":
		return nil, misfill("file", "请填写转入户的档案编号")
	}
	return c, nil
}

// relationFields ask of each who is there how he is related to another head;
// the empty answer is that he stays.
func relationFields(ctx context.Context, f filling, ids []string, list code.List, none string) (fields []input) {
	for _, id := range ids {
		for _, m := range f.Members {
			if m.ID == id {
				i := input{kind: askOne, name: "relation_" + id, label: shownName(f.v, m.Name) + " " + term(ctx, code.Relations, m.Relation), options: listOptions(ctx, list, false)}
				i.options = append([]option{{"", none}}, i.options...)
				fields = append(fields, i)
			}
		}
	}
	return fields
}

// relations are the answers to them.
func (f filling) relations(ids []string) (all []household.Related) {
	for _, id := range ids {
		if relation := f.typed("relation_" + id); relation != "" {
			all = append(all, household.Related{Member: id, Relation: relation})
		}
	}
	return all
}

// leavable are the members who may go to a household of their own: all but the head.
func leavable(h household.State) (ids []string) {
	for _, id := range h.Present() {
		if id != h.Head {
			ids = append(ids, id)
		}
	}
	return ids
}

func splitFields(ctx context.Context, f filling) []input {
	fields := []input{{kind: askPart, label: say(ctx, "谁分出去，与新户主是什么关系", "Who leaves, and as what"),
		hint: say(ctx, "分出的成员中选一人为新户主；户主本人要分出的，先变更户主。", "One of those who leave is the new head. If the head himself leaves, another is to be named first.")}}
	fields = append(fields, relationFields(ctx, f, leavable(f.State), code.Relations, say(ctx, "留在本户", "stays"))...)
	return append(fields,
		input{kind: askPart, label: say(ctx, "新户", "The new household")},
		input{kind: askLine, name: "group", label: say(ctx, "村民小组", "Group"), first: f.Group},
		input{kind: askOne, name: "kind", label: say(ctx, "农户类型", "Kind"), options: listOptions(ctx, code.Kinds, false), first: string(f.Kind)},
		input{kind: askWords, name: "reason", label: say(ctx, "分户原因", "Why"), required: true})
}

func splitMade(f filling) (household.Command, error) {
	c := household.SplitHousehold{Household: commands.NewID(f.v.Person, f.key), Reason: f.text("reason"), Kind: code.Kind(f.typed("kind")), Group: f.typed("group"), Relations: f.relations(leavable(f.State))}
	heads := 0
	for _, r := range c.Relations {
		c.Members = append(c.Members, r.Member)
		if r.Relation == "head" {
			heads++
		}
	}
	if ids := leavable(f.State); len(ids) > 0 && heads != 1 {
		return nil, misfill("relation_"+ids[0], "分出的成员中须有且只有一人为新户主")
	}
	return c, nil
}

func mergeFields(ctx context.Context, f filling) []input {
	fields := []input{
		otherFile(ctx, "并入哪一户（档案编号）", "Into which household (number of its file)", true),
		{kind: askWords, name: "reason", label: say(ctx, "并户原因", "Why"), required: true},
		{kind: askPart, label: say(ctx, "每名成员与那一户户主的关系", "Relation of each member to the head of the other household"),
			hint: say(ctx, "并户后本户档案结束（自然减少：并入他户），未消除的风险和未落实的措施随之告知那一户。", "This file then ends; what is open in it is told in the other.")},
	}
	return append(fields, relationFields(ctx, f, f.Present(), code.Relations[1:], say(ctx, "请选择", "choose"))...)
}

func mergeMade(f filling) (household.Command, error) {
	return household.MergeHousehold{Into: f.typed("file"), Reason: f.text("reason"), Relations: f.relations(f.Present())}, nil
}

// moves enters an act that may reach into another household's file, named by its
// file number. It is not ok where the act stays in one file.
func (s *site) moves(r *http.Request, f filling, request commands.Request, c household.Command) (result commands.Result, ok bool, err error) {
	switch named := c.(type) {
	case household.LinkUnconfirmed:
		named.Household, err = s.fileNumbered(r, f, named.Household)
		c = named
	case household.MergeHousehold:
		named.Into, err = s.fileNumbered(r, f, named.Into)
		c = named
	case household.RecordLeaving:
		if named.To != "" {
			named.To, err = s.fileNumbered(r, f, named.To)
		}
		c = named
	case household.SplitHousehold:
	default:
		return result, false, nil
	}
	if err != nil {
		return result, true, err
	}
	moved, err := s.Handler.Move(r.Context(), request, f.ID, c)
	return moved.Result, true, err
}

// fileNumbered is the household with that file number in the visitor's region.
func (s *site) fileNumbered(r *http.Request, f filling, number string) (id string, err error) {
	found, _, err := s.Reads.Register.List(r.Context(), projections.Filter{Regions: s.area(f.v, ""), Text: number}, projections.Page{Limit: 2})
	if err != nil {
		return "", err
	}
	if len(found) != 1 || found[0].FileNo != number {
		return "", misfill("file", "没有查到这个档案编号")
	}
	return found[0].ID, nil
}

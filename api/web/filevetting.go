package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
)

// appraisalHeld is the meeting of an appraisal as its own paper has it.
type appraisalHeld struct {
	paper.MeetingHeld
	page string // where its minutes are read; "": not for the visitor
}

// meetingsOf are the meetings that appraised the household, by id; one that the
// record does not have is left out.
func (s *site) meetingsOf(ctx context.Context, v *visitor, d dossier) (map[string]appraisalHeld, error) {
	found := map[string]appraisalHeld{}
	for _, f := range factsOf[household.Appraised](d) {
		e, _ := f.Event.(household.Appraised) // it is nothing else
		if _, have := found[e.Meeting]; have {
			continue
		}
		read, err := s.filed(ctx, "meeting", e.Meeting)
		if errors.Is(err, errNoPage) {
			continue
		}
		if err != nil {
			return nil, err
		}
		held, _, ok := firstOf[paper.MeetingHeld](read)
		if !ok {
			continue
		}
		at := appraisalHeld{MeetingHeld: held}
		if slices.Contains(replayers, v.role) && s.covers(v, read.Region) {
			at.page = "/meetings/" + e.Meeting
		}
		found[e.Meeting] = at
	}
	return found, nil
}

// present is who was there, by capacity: how many of each.
func (m appraisalHeld) present(ctx context.Context) string {
	var parts []string
	for _, c := range code.AttendeeCapacities {
		n := 0
		for _, a := range m.Attendees {
			if a.Capacity == c.Code {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, say(ctx, c.ZH+strconv.Itoa(n)+"人", strconv.Itoa(n)+" × "+c.EN))
		}
	}
	return strings.Join(parts, say(ctx, "、", ", "))
}

// opinion is what the meeting noted of the household.
func (m appraisalHeld) opinion(id string, e household.Appraised) code.Text {
	for _, item := range m.Items {
		if item.Household == id && item.RollBack == e.RollBack && (item.Procedure == e.Procedure || item.Procedure == "" && m.Procedure == e.Procedure) {
			return item.Opinion
		}
	}
	return ""
}

// memberNames are members by their ids, as the visitor may see them.
func (d dossier) memberNames(ctx context.Context, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = d.memberName(visitorOf(ctx), id)
	}
	return strings.Join(names, say(ctx, "、", ", "))
}

// namesShown are other people's names, as the visitor may see them.
func namesShown(ctx context.Context, names []string) string {
	shown := make([]string, len(names))
	for i, n := range names {
		shown[i] = shownName(visitorOf(ctx), n)
	}
	return strings.Join(shown, say(ctx, "、", ", "))
}

// explained is how a hit was verified, the last time; none where it waits.
func (d dossier) explained(hit string) (household.Fact, household.HitExplained, bool) {
	for _, f := range factsOf[household.HitExplained](d) {
		if e, is := f.Event.(household.HitExplained); is && e.Hit == hit {
			return f, e, true
		}
	}
	return household.Fact{}, household.HitExplained{}, false
}

// dueBy is a day by which something is due; "" where none is set.
func dueBy(ctx context.Context, due calendar.Day) string {
	if due == 0 {
		return ""
	}
	return say(ctx, "（"+date(ctx, due)+"前）", " (by "+date(ctx, due)+")")
}

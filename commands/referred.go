package commands

import (
	"context"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// referred refuses an act on one household that names a paper which is not there
// or does not have the household on it, or an office that is not.
func (h *Handler) referred(ctx context.Context, r Request, id string, c household.Command) error {
	stream := ""
	switch c := c.(type) {
	case household.StudyByCommittees:
		stream = streamOf("meeting", c.Meeting)
	case household.ReportByVillage:
		stream = streamOf("document", c.Document)
	case household.ReviewByTownship:
		stream = streamOf("document", c.Document)
	case household.ReturnCase:
		stream = streamOf("document", c.Document)
	case household.DecideInclusion:
		stream = streamOf("document", c.Document)
	case household.DecideElimination:
		stream = streamOf("document", c.Document)
	case household.RollBackElimination:
		stream = streamOf("document", c.Document)
	case household.RevokeInclusion:
		stream = streamOf("document", c.Document)
	case household.HandDownList:
		stream = streamOf("document", c.Document)
	case household.Announce:
		on := r.Happened
		if on == 0 {
			on = h.Today()
		}
		if err := h.announcers(c.Issuer, c.Executor, on); err != nil {
			return err
		}
		stream = streamOf("document", c.Document)
	default: // what other acts name they carry themselves
	}
	if stream == "" {
		return nil
	}
	facts, err := h.paperFacts(ctx, stream)
	switch {
	case err != nil:
		return err
	case len(facts) == 0:
		return policy.Refuse(policy.PaperUnknown, "没有这份材料；一户单独办理的不写材料编号")
	case !slices.Contains(paper.Fold("", facts).Lines, id):
		return policy.Refuse(policy.PaperLineUnknown, "该户不在这份材料上")
	}
	return nil
}

func streamOf(kind, id string) string {
	if id == "" {
		return ""
	}
	return PaperStream(kind, id)
}

// announcers refuses an announcement by offices that are not there on the day.
// Whether they must be named is a rule of the domain.
func (h *Handler) announcers(issuer, executor string, on calendar.Day) error {
	return h.Directory.View(func(d *office.Directory) error {
		for _, id := range []string{issuer, executor} {
			if _, ok := d.Office(id, on); !ok && id != "" {
				return policy.Refuse(policy.OfficeUnknown, "没有这个机构：%s", id)
			}
		}
		return nil
	})
}

// belongs refuses a household on a paper of a region that is not its own.
func (h *Handler) belongs(s *household.State, region string, on calendar.Day) error {
	return h.Directory.View(func(d *office.Directory) error {
		if s.Exists && region != "" && !d.Contains(region, s.Region, on) {
			return policy.Refuse(policy.PaperOutside, "该户不属于这份材料所在地")
		}
		return nil
	})
}

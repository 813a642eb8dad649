package api

import (
	"shouwang/domain/calendar"
	"shouwang/domain/household"
)

// each converts a list.
func each[A, B any](as []A, f func(A) B) []B {
	bs := make([]B, len(as))
	for i, a := range as {
		bs[i] = f(a)
	}
	return bs
}

// fileOf shows a folded state.
func (srv *server) fileOf(s *household.State, asked Asked) HouseholdFile {
	f := HouseholdFile{
		Asked: asked, ID: s.ID, Version: s.Version, FileNo: s.FileNo, Region: s.Region, Group: s.Group, Kind: s.Kind,
		Stage: s.Stage(), StageName: household.Stages.ZH(string(s.Stage())), Unconfirmed: s.Unconfirmed, Head: s.Head,
		Persons: s.CountedOn(asked.AsOf), NoLabour: len(s.Members) > 0 && s.NoLabour(),
		Members:     each(s.Members, memberOf),
		Clues:       each(s.Clues, func(c household.Clue) FileClue { return FileClue(c) }),
		Letters:     each(s.Letters, func(l household.Letter) FileLetter { return FileLetter(l) }),
		Comparisons: each(s.Comparisons, comparisonOf),
		Sheets:      each(s.Sheets, func(sh household.Sheet) FileSheet { return FileSheet(sh) }),
		Guarantees:  each(s.Guarantees, guaranteeOf),
		RedWarnings: each(s.RedWarnings, func(w household.RedWarning) FileRedWarning { return FileRedWarning(w) }),
		Groups:      each(s.Belonging(), func(g household.GroupState) FileGroup { return FileGroup(g) }),
		Surveys:     each(s.Surveys, func(v household.Survey) FileSurvey { return FileSurvey(v) }),
		Officers:    each(s.Officers, func(o household.Officer) FileOfficer { return FileOfficer(o) }),
		Green:       (*FileGreen)(s.Green),
		Episodes:    each(s.Episodes, func(e household.Episode) FileEpisode { return srv.episodeOf(e, asked.AsOf) }),
		Visits:      s.Visits, LastVisit: s.LastVisit, Studied: s.Studied,
		FollowUps: each(s.FollowUps, func(f household.FollowUpState) FileFollowUp { return FileFollowUp(f) }), Fell: s.Fell, Closed: s.Closed, ClosedWhy: s.ClosedWhy,
	}
	if c, ok := s.Count(asked.AsOf); ok {
		f.Counts = (*FileCount)(&c)
	}
	return f
}

func comparisonOf(c household.Comparison) FileComparison {
	return FileComparison{ID: c.ID, On: c.On, Open: c.Open, All: c.All, Explained: each(c.Explained, func(x household.Explained) FileExplained { return FileExplained(x) })}
}

func guaranteeOf(g household.GuaranteeState) FileGuarantee {
	return FileGuarantee{Guarantee: g.Guarantee, OK: g.OK, On: g.On, Standards: g.Standards, LargeRisk: g.LargeRisk}
}

func memberOf(m household.Member) FileMember {
	return FileMember{ID: m.ID, Name: m.Name, Sex: m.Sex, HasIDNumber: m.IDNumber != "", NoDocument: m.NoDocument, Birth: m.Birth,
		Relation: m.Relation, Labour: m.Labour, Registered: m.Registered, Living: m.Living, Counted: m.Counted, CountedReason: string(m.CountedReason), Evidenced: m.Evidenced, Willing: m.Willing, HealthOn: m.HealthOn,
		From: m.From, Left: m.Left, LeftWhy: m.Why}
}

func (srv *server) episodeOf(e household.Episode, on calendar.Day) FileEpisode {
	pack, _ := srv.Handler.Directory.PackBySum(e.Pack.SHA256) // without it the chain has no limit
	chain := func(c household.Chain) FileChain { return chainOf(c, on) }
	return FileEpisode{
		Number: e.Number, OpenedOn: e.OpenedOn, Pack: e.Pack, Duration: durationOf(&e, on, pack),
		Inclusion: chain(e.Inclusion), Help: chain(e.Help), Attempts: each(e.Attempts, chain),
		Class: e.Class, Risks: each(e.Risks, func(r household.RiskState) FileRisk { return FileRisk(r) }),
		Included: e.Included, Rejected: e.Rejected, Announced: e.Announced, Entered: e.Entered, Brought: e.Brought,
		Plan: e.Plan, PlanMissing: e.PlanMissing, Measures: each(e.Measures, func(m household.Measure) FileMeasure { return FileMeasure(m) }),
		Eliminated: e.Eliminated, ElimAnnounced: e.ElimAnnounced, Marked: e.Marked, Way: e.Way, RolledBack: e.RolledBack,
		Revoked: e.Revoked, Deferred: e.Deferred, ReviewBy: e.ReviewBy, Withheld: e.Withheld, ReturnedTo: e.ReturnedTo, ReturnedReason: e.ReturnedReason,
	}
}

func chainOf(c household.Chain, on calendar.Day) FileChain {
	out := FileChain{Done: each(c.Done, func(d household.Done) FileDone { return FileDone(d) }), Appraisal: (*FileAppraisal)(c.Appraisal)}
	if c.Notice != nil {
		n := noticeOf(c.Notice, on)
		out.Notice = &n
	}
	out.Past = each(c.Past, func(n *household.NoticeLine) FileNotice { return noticeOf(n, on) })
	return out
}

func noticeOf(n *household.NoticeLine, on calendar.Day) FileNotice {
	until := max(on, n.Posted)
	if n.Removed != 0 {
		until = n.Removed
	}
	full, _ := n.Full() // none where it is not known
	return FileNotice{Notice: n.Notice, Posted: n.Posted, Days: n.Days, Count: n.Count, Full: full,
		Hung: calendar.Announced().Span(n.Posted, until), Removed: n.Removed, Struck: n.Struck,
		Objections: each(n.Objections, func(o household.Objection) FileObjection { return FileObjection(o) })}
}

package api

import "shouwang/domain/household"

// each converts a list.
func each[A, B any](as []A, f func(A) B) []B {
	bs := make([]B, len(as))
	for i, a := range as {
		bs[i] = f(a)
	}
	return bs
}

// fileOf shows a folded state.
func fileOf(s *household.State, asked Asked) HouseholdFile {
	f := HouseholdFile{
		Asked: asked, ID: s.ID, Version: s.Version, FileNo: s.FileNo, Region: s.Region, Group: s.Group, Kind: s.Kind,
		Stage: s.Stage(), StageName: household.Stages.ZH(string(s.Stage())), Unconfirmed: s.Unconfirmed, Head: s.Head,
		Persons: s.CountedOn(asked.AsOf), NoLabour: s.NoLabour(),
		Members:     each(s.Members, memberOf),
		Clues:       each(s.Clues, func(c household.Clue) FileClue { return FileClue(c) }),
		Letters:     each(s.Letters, func(l household.Letter) FileLetter { return FileLetter(l) }),
		Comparisons: each(s.Comparisons, func(c household.Comparison) FileComparison { return FileComparison(c) }),
		Sheets:      each(s.Sheets, func(sh household.Sheet) FileSheet { return FileSheet(sh) }),
		Guarantees:  each(s.Guarantees, func(g household.GuaranteeState) FileGuarantee { return FileGuarantee(g) }),
		Surveys:     each(s.Surveys, func(v household.Survey) FileSurvey { return FileSurvey(v) }),
		Officers:    each(s.Officers, func(o household.Officer) FileOfficer { return FileOfficer(o) }),
		Green:       (*FileGreen)(s.Green),
		Episodes:    each(s.Episodes, episodeOf),
		Visits:      s.Visits, LastVisit: s.LastVisit, Fell: s.Fell, Closed: s.Closed, ClosedWhy: s.ClosedWhy,
	}
	if c, ok := s.Count(asked.AsOf); ok {
		f.Counts = (*FileCount)(&c)
	}
	return f
}

func memberOf(m household.Member) FileMember {
	return FileMember{ID: m.ID, Name: m.Name, Sex: m.Sex, HasIDNumber: m.IDNumber != "", NoDocument: m.NoDocument, Birth: m.Birth,
		Relation: m.Relation, Labour: m.Labour, Registered: m.Registered, Living: m.Living, Counted: m.Counted, CountedReason: string(m.CountedReason),
		From: m.From, Left: m.Left, LeftWhy: m.Why}
}

func episodeOf(e household.Episode) FileEpisode {
	return FileEpisode{
		Number: e.Number, OpenedOn: e.OpenedOn, Pack: e.Pack, Inclusion: chainOf(e.Inclusion), Help: chainOf(e.Help), Attempts: each(e.Attempts, chainOf),
		Class: e.Class, Risks: each(e.Risks, func(r household.RiskState) FileRisk { return FileRisk(r) }),
		Included: e.Included, Rejected: e.Rejected, Announced: e.Announced, Entered: e.Entered, Brought: e.Brought,
		Plan: e.Plan, Measures: each(e.Measures, func(m household.Measure) FileMeasure { return FileMeasure(m) }),
		Eliminated: e.Eliminated, ElimAnnounced: e.ElimAnnounced, Marked: e.Marked, Way: e.Way, RolledBack: e.RolledBack,
		Revoked: e.Revoked, Deferred: e.Deferred, Withheld: e.Withheld, ReturnedTo: e.ReturnedTo, ReturnedReason: e.ReturnedReason,
	}
}

func chainOf(c household.Chain) FileChain {
	out := FileChain{Done: each(c.Done, func(d household.Done) FileDone { return FileDone(d) }), Appraisal: (*FileAppraisal)(c.Appraisal)}
	if c.Notice != nil {
		n := noticeOf(c.Notice)
		out.Notice = &n
	}
	out.Past = each(c.Past, noticeOf)
	return out
}

func noticeOf(n *household.NoticeLine) FileNotice {
	return FileNotice{Notice: n.Notice, Posted: n.Posted, Days: n.Days, Removed: n.Removed, Struck: n.Struck,
		Objections: each(n.Objections, func(o household.Objection) FileObjection { return FileObjection(o) })}
}

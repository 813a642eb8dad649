package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// The levels that see to what is no step of a procedure, and so stands in no pack.
const (
	// SendsCluesOut and tells the senders what became of them (S1.30, S2.17).
	SendsCluesOut = code.County
	// VerifiesClues that were sent out.
	VerifiesClues = code.Township
	// AnswersWarnings of 红色预警: the township carries out (S0.19).
	AnswersWarnings = code.Township
	// ExplainsHits of a comparison.
	ExplainsHits = code.Township
	// AnswersObjections to a notice: not those who posted it.
	AnswersObjections = code.Township
	// RightsShortfalls of the work (S2.11), and looks into help that the household
	// says it did not get.
	RightsShortfalls = code.Township
	// HandsOver the households of a cadre who left.
	HandsOver = code.Township
	// ReviewsDeferrals: who decided an elimination looks at what was deferred.
	ReviewsDeferrals = code.County
	// KeepsFiles of the household: its head, its members' documents, what came in of
	// nobody known, the procedure owed under a green channel.
	KeepsFiles = code.Village
)

// FollowsUp is the level that studied and so sees to it that it is done.
func FollowsUp(k code.StudyKind) code.Level {
	switch k {
	case code.JointStudy:
		return code.County
	case code.TownshipStudy:
		return code.Township
	case code.PeriodicStudy:
	}
	return code.Village
}

// TurnAfter says whose turn it is once a fact is recorded, by the pack: nobody's in
// particular ("") after most. A sheet that came down does not say of which procedure
// it was; then the first that has a notice is meant.
func TurnAfter(e Event, p policy.Pack) code.Level {
	switch e := e.(type) {
	case ClueRecorded:
		return SendsCluesOut
	case ClueDispatched:
		return VerifiesClues
	case NoticeRemoved:
		return p.LevelAfter("", policy.Notice)
	case CaseReturned:
		return p.LevelOf(e.Procedure, e.To)
	default: // the list of what is owed says it
		return ""
	}
}

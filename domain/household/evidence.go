package household

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Exhibit is a paper that a step left, scanned (所需材料).
type Exhibit struct {
	Kind string          `json:"kind"` // policy.EvidenceKinds
	File code.Attachment `json:"file"`
}

// MaxExhibits bounds the papers of one act: a form has some ten sheets.
const MaxExhibits = 30

// MaxPhotos bounds the photographs of one visit or survey: each room and each
// trouble of a house once.
const MaxPhotos = 12

// photos refuses more photographs than anybody looks at.
func (r *ruling) photos(all []code.Attachment) {
	if len(all) > MaxPhotos {
		r.refuse(policy.Malformed, "一次走访、调查所附照片不应超过%d张", MaxPhotos)
	}
}

// exhibits refuses papers of no kind or without their file, and returns the kinds.
func (r *ruling) exhibits(papers []Exhibit) []string {
	if len(papers) > MaxExhibits {
		r.refuse(policy.Malformed, "所附材料不应超过%d份", MaxExhibits)
	}
	kinds := make([]string, len(papers))
	for i, p := range papers {
		if p.File == "" {
			r.refuse(policy.Malformed, "第%d份材料没有附件", i+1)
		}
		r.known(policy.EvidenceKinds, p.Kind, "材料种类")
		kinds[i] = p.Kind
	}
	return kinds
}

// evidence holds a step to the papers that the pack wants of it; carried are the
// kinds that it has. The photographs of a notice have a rule of their own.
func (r *ruling) evidence(of policy.Procedure, step policy.Step, carried ...string) {
	rule, _ := r.pack.StepRule(of, step)
	for _, e := range rule.Evidence {
		if e.Kind == noticePhoto || slices.Contains(carried, e.Kind) || r.act.Generated() {
			continue
		}
		r.failsAs(r.wanted(policy.EvidenceMissing, e), "%s应附%s", r.pack.Named(string(step), r.act.Happened), policy.EvidenceKinds.ZH(e.Kind))
	}
}

const noticePhoto = "notice_photo"

// photographed holds a notice sheet to the photograph of the day on which it went
// up or came down, where the pack wants photographs of it.
func (r *ruling) photographed(of policy.Procedure, given bool, when string) {
	rule, _ := r.pack.StepRule(of, policy.Notice)
	for _, e := range rule.Evidence {
		if e.Kind == noticePhoto && !given && !r.act.Generated() {
			r.failsAs(r.wanted(policy.NoticePhotoMissing, e), "公示%s时没有照片", when)
		}
	}
}

// wanted is the guard of a missing paper, with the grounds on which it is wanted.
func (r *ruling) wanted(rule policy.Rule, e policy.Evidence) policy.Guard {
	g := r.grounded(rule, e.Basis, e.Cite)
	if g.Basis == policy.Stated && g.Cite == "" {
		g.Cite = r.pack.Guard(rule).Cite
	}
	return g
}

// when says which kind a paper is, none where it is not there.
func when(there bool, kinds ...string) []string {
	if there {
		return kinds
	}
	return nil
}

// lettered says whether a letter stood in the file by the day, since the case
// before.
func (r *ruling) lettered(e *Episode) bool {
	since := r.s.endBefore(e)
	return slices.ContainsFunc(r.s.Letters, func(l Letter) bool { return l.On > since && l.On <= r.act.Happened })
}

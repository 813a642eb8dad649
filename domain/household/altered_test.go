package household

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// The class on the sheet is the class decided, or the line hangs again.
func TestAnAlteredLineNeedsASheetOfItsOwn(t *testing.T) {
	t.Parallel()
	post := life.the(PostNotice{}, 1).do.(PostNotice)
	post.Class = code.Unstable
	decision := life.the(DecideInclusion{}, 1)
	as := func(class code.Class) deed {
		c := decision.do.(DecideInclusion)
		c.Class = class
		return decision.doing(c)
	}
	upTo := func(notice PostNotice) file {
		f := given(t, strict(), life.before(PostNotice{}, 1).play(t, strict())).when(life.the(PostNotice{}, 1).doing(notice)).done()
		for _, d := range []deed{life.the(RemoveNotice{}, 1), life.the(ReportByVillage{}, 1), life.the(ReviewByTownship{}, 1)} {
			f = given(t, strict(), f).when(d).done()
		}
		return f
	}
	f := upTo(post)
	given(t, strict(), f).when(as(code.Unstable)).done()
	breaks(t, f, as(code.Marginal), policy.NoticeListDiffers)
	given(t, strict(), f).whenTyped("2022-12-01", as(code.Marginal)).flagged(policy.NoticeListDiffers)
	// What is not included has no class to differ.
	given(t, strict(), f).when(decision.doing(DecideInclusion{Result: code.Reject, Reason: "不符合"})).done()

	// Posted again as it is to be decided, it stands; so does a line without a class.
	post.Class = code.Marginal
	given(t, strict(), upTo(post)).when(as(code.Marginal)).done()
	post.Class = ""
	given(t, strict(), upTo(post)).when(as(code.Marginal)).done()
}

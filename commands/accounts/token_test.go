package accounts

import (
	"testing"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

func TestTokensOpenWhatTheySay(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	today := calendar.Of(h.clock())
	token, err := h.IssueToken(ctx, By{Account: id, Channel: "web"}, id, "对账", []string{"read"}, today+1)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := h.ByToken(ctx, token)
	if err != nil || s.Account != id || found.Name != "对账" {
		t.Errorf("%+v %+v %v", s, found, err)
	}
	_, _, err = h.ByToken(ctx, token+"x")
	h.refused(policy.TokenUnknown, err)
	h.passes(48 * time.Hour)
	_, _, err = h.ByToken(ctx, token)
	h.refused(policy.TokenUnknown, err)
	second, err := h.IssueToken(ctx, By{Account: id, Channel: "web"}, id, "对账", []string{"read"}, today+9)
	if err != nil {
		t.Fatal(err)
	}
	s, _ = h.Account(id)
	if err := h.RevokeToken(ctx, id, s.Tokens[1].ID, desk); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.ByToken(ctx, second)
	h.refused(policy.TokenUnknown, err)
	_, err = h.IssueToken(ctx, By{Account: h.opens("zhou", ""), Channel: "web"}, id, "对账", []string{"read"}, today+9)
	h.refused(policy.AccessDenied, err) // for somebody else
	if _, err := h.IssueToken(ctx, cli, id, "对账", []string{"read"}, today+9); err != nil {
		t.Error(err)
	}
	h.refused(policy.TokenUnknown, h.RevokeToken(ctx, id, "none", desk))
}

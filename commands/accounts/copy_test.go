package accounts

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

func TestALookSaysWhy(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	look := account.PersonalShown{Household: "h1", Member: "m1", Fields: []string{"id_number"}}
	h.refused(policy.Malformed, h.Show(ctx, id, look, desk))
	look.Reason = code.Text("本人 13912345678 要求")
	h.refused(policy.PersonalInText, h.Show(ctx, id, look, desk))
	look.Reason = "核对比对疑点"
	if err := h.Show(ctx, id, look, desk); err != nil {
		t.Fatal(err)
	}
	if err := h.Copy(ctx, id, account.CopyMade{Kind: "export", What: "/ledger", Rows: 3}, desk); err != nil {
		t.Fatal(err)
	}
	if got := h.types(id); !strings.HasSuffix(got, "personal.shown copy.made") {
		t.Error(got)
	}
	// Whom one searched for by number is not kept.
	if err := h.Copy(ctx, id, account.CopyMade{Kind: "export", What: "/ledger?class=sudden&text=990101196804120153"}, desk); err != nil {
		t.Fatal(err)
	}
	for rec, err := range h.Log.ReadStream(ctx, commands.AccountStream(id), eventlog.NoStream) {
		if err != nil || bytes.Contains(rec.Data, []byte("19680412")) {
			t.Errorf("%s %v: %s", rec.Type, err, rec.Data)
		}
	}
}

func (h *house) views(id string) []account.ViewSaved {
	h.t.Helper()
	s, err := h.Account(id)
	if err != nil {
		h.t.Fatal(err)
	}
	return s.Views
}

func TestViewsAreKeptByName(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	keep := func(name, asked string) error { return h.SaveView(ctx, id, "/ledger", name, asked, desk) }
	views := func() (names string) {
		for _, v := range h.views(id) {
			names += string(v.Name) + "?" + v.Asked + " "
		}
		return names
	}
	for _, v := range [][2]string{{"突发", "class=sudden"}, {"待消除", "stage=monitored"}, {" 突发 ", "class=sudden&limit=100"}} {
		if err := keep(v[0], v[1]); err != nil {
			t.Fatal(err)
		}
	}
	if got := views(); got != "突发?class=sudden&limit=100 待消除?stage=monitored " {
		t.Error(got)
	}
	h.refused(policy.Malformed, keep("  ", ""))
	h.refused(policy.Malformed, keep(strings.Repeat("长", 21), ""))
	h.refused(policy.Malformed, keep("长", strings.Repeat("x", 1001)))
	h.refused(policy.PersonalInText, keep("13912345678", ""))
	h.refused(policy.PersonalInText, keep("某人", "text=990101196804120153"))
	h.refused(policy.Malformed, h.RemoveView(ctx, id, "none", desk))
	if err := h.RemoveView(ctx, id, h.views(id)[0].View, desk); err != nil {
		t.Fatal(err)
	}
	if got := views(); got != "待消除?stage=monitored " {
		t.Error(got)
	}
	for n := range account.MaxViews - 1 {
		if err := keep(fmt.Sprint(n), ""); err != nil {
			t.Fatal(err)
		}
	}
	h.refused(policy.Malformed, keep("又一个", ""))
}

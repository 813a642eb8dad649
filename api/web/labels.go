package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/code"
)

// grouped writes a key in groups of four, as people type it.
func grouped(key string) string {
	var b strings.Builder
	for i, c := range key {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func scopes(ctx context.Context, all []string) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = term(ctx, account.Scopes, c)
	}
	return strings.Join(names, say(ctx, "、", ", "))
}

func accountState(ctx context.Context, h holder) string {
	switch {
	case h.Closed:
		return say(ctx, "已停用", "closed")
	case h.Password == "":
		return say(ctx, "尚未设置密码", "no password yet")
	case h.MustChange:
		return say(ctx, "待更改首次密码", "first password to be changed")
	}
	return say(ctx, "在用", "in use")
}

// bracketed, colon and comma are the signs that the language of the page writes.
func bracketed(ctx context.Context, s string) string { return say(ctx, "（"+s+"）", " ("+s+")") }
func colon(ctx context.Context) string               { return say(ctx, "：", ": ") }
func comma(ctx context.Context) string               { return say(ctx, "，", ", ") }

// shownName is a person's name as the visitor may see it.
func shownName(v *visitor, name string) string {
	if v != nil && v.seesNames() {
		return name
	}
	return code.MaskName(name)
}

// terms are entries of a code list, one after another.
func terms[T ~string](ctx context.Context, list code.List, codes []T) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = term(ctx, list, c)
	}
	return strings.Join(names, say(ctx, "、", ", "))
}

// yuan is an amount as people write it: two decimals and thousands apart.
func yuan(ctx context.Context, f code.Fen) string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	whole := strconv.FormatInt(int64(f/100), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s%s.%02d%s", sign, whole, f%100, say(ctx, "元", " yuan"))
}

// shows says whether the ledger has the column now.
func (b book) shows(c column) bool { return slices.Contains(b.columns, c) }

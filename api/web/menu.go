package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"shouwang/domain/account"
)

// item is a line of the menu.
type item struct {
	path, label string
	here        bool
}

// menuOf is what the visitor's role opens.
func menuOf(ctx context.Context, v *visitor) []item {
	all := []struct {
		path, zh, en string
		who          []account.Role
	}{
		{"/work", "待办", "My work", helpers},
		{"/forms", "办理", "Enter", caseworkers},
		{"/duties", "职责排查", "Duties", caseworkers},
		{"/funds", "资金", "Funds", bookReaders},
		{"/screenings/new", "部门筛查", "Screening", []account.Role{account.Department}},
		{"/ledger", "台账", "Ledger", readers},
		{"/dashboard", "驾驶舱", "Dashboard", readers},
		{"/packs", "办法", "Procedure", readers},
		{"/replay/village", "全村回放", "Village replay", []account.Role{account.Discipline, account.Auditor}},
		{"/replay/person", "经办回放", "A person's deeds", inquirers},
		{"/places", "区划机构", "Places", readers},
		{"/admin/check", "系统自检", "Self-check", examiners},
		{"/notices", "公示检查", "Notices", []account.Role{account.County, account.Discipline, account.NoticeChecker}},
		// Whoever has work finds it there.
		{"/inquiries", "受委派调查", "Inquiries", []account.Role{account.Discipline, account.NoticeChecker, account.Auditor}},
		{"/admin/accounts", "账户", "Accounts", admins},
	}
	var menu []item
	if v.MustChange {
		return nil
	}
	for _, m := range all {
		if slices.Contains(m.who, v.role) {
			menu = append(menu, item{m.path, say(ctx, m.zh, m.en), strings.HasPrefix(placeOf(ctx).path, m.path)})
		}
	}
	return menu
}

// roleLine says in which post the visitor works.
func roleLine(ctx context.Context, v *visitor) string {
	switch {
	case v.Duty != "":
		return term(ctx, account.Duties, v.Duty)
	case v.post.Appointment != "":
		return v.post.title()
	}
	return say(ctx, "今天没有任职", "no post today")
}

// back is where a page was asked for; after a form it is the page before.
func (p place) back() string {
	if p.query == "" {
		return p.path
	}
	return p.path + "?" + p.query
}

func failureTitle(ctx context.Context, e Explained) string {
	switch e.Status {
	case http.StatusNotFound:
		return say(ctx, "没有找到", "Not found")
	case http.StatusForbidden:
		return say(ctx, "不能查看或办理", "Not for this post")
	case http.StatusUnauthorized:
		return say(ctx, "请先登录", "Log in first")
	}
	return say(ctx, "未能办理", "Not done")
}

package web

import (
	"context"
	"strings"

	"shouwang/domain/account"
)

// tellPassing tells a fact of an account in a sentence, without whose file it
// concerns: whoever watches accounts sees no case.
func tellPassing(ctx context.Context, e account.Event) string {
	switch e := e.(type) {
	case account.Opened:
		return say(ctx, "开户，用户名", "opened, login ") + e.Login
	case account.Closed:
		return say(ctx, "停用：", "closed: ") + string(e.Reason)
	case account.Reopened:
		return say(ctx, "恢复使用：", "opened again: ") + string(e.Reason)
	case account.PasswordSet:
		if e.MustChange {
			return say(ctx, "设置首次密码，须更改", "a first password was set, to be changed")
		}
		return say(ctx, "设置密码", "password set")
	case account.LinkIssued:
		return say(ctx, "发出一次性链接", "one-time link issued")
	case account.FactorSet:
		return say(ctx, "启用动态口令", "codes are asked for")
	case account.FactorRemoved:
		return say(ctx, "停用动态口令：", "codes are asked for no more: ") + string(e.Reason)
	case account.LoggedIn:
		if e.Way != "" {
			return say(ctx, "经统一身份认证登录，来自", "logged in by the unified login from ") + e.Address
		}
		return say(ctx, "登录，来自", "logged in from ") + e.Address
	case account.LoginFailed:
		missed := say(ctx, "密码不正确", "wrong password")
		if e.Missed == "code" {
			missed = say(ctx, "动态口令不正确", "wrong code")
		}
		return say(ctx, "登录失败（"+missed+"），来自", "login failed ("+missed+") from ") + e.Address
	case account.LockedOut:
		return say(ctx, "锁定：", "locked: ") + orEverywhere(ctx, e.Address)
	case account.LoggedOut:
		return say(ctx, "退出", "logged out")
	case account.SessionsRevoked:
		return say(ctx, "强制下线：", "sessions revoked: ") + e.Reason
	case account.TokenIssued:
		return say(ctx, "签发个人令牌：", "token issued: ") + e.Name
	case account.TokenRevoked:
		return say(ctx, "注销个人令牌", "token revoked")
	case account.PersonalShown:
		return say(ctx, "查看完整个人信息，理由：", "personal data shown in full, because: ") + string(e.Reason)
	case account.CopyMade:
		page, _, _ := strings.Cut(e.What, "?")
		return say(ctx, "导出或打印：", "exported or printed: ") + withoutCase(page) + copyNumber(ctx, e.Copy)
	case account.SubjectLinked:
		return say(ctx, "绑定统一身份：", "linked to the unified login's ") + e.Subject
	case account.SubjectUnlinked:
		return say(ctx, "解除统一身份绑定：", "link to the unified login ended: ") + string(e.Reason)
	case account.ViewSaved:
		return say(ctx, "保存视图：", "view saved: ") + string(e.Name)
	case account.ViewRemoved:
		return say(ctx, "删去视图", "view removed")
	}
	return ""
}

func orEverywhere(ctx context.Context, address string) string {
	if address == "" {
		return say(ctx, "所有地址", "from everywhere")
	}
	return address
}

// withoutCase is an address without whose file it is.
func withoutCase(page string) string {
	if rest, is := strings.CutPrefix(page, "/households/"); is {
		_, rest, _ = strings.Cut(rest, "/")
		return "/households/…/" + rest
	}
	return page
}

// copyNumber is the number that a copy bears.
func copyNumber(ctx context.Context, number string) string {
	if number == "" {
		return ""
	}
	return say(ctx, "，编号", ", no. ") + number
}

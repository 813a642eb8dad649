package account

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

const (
	// MinPassword and MaxPassword bound a password, in characters: what GB/T
	// 22239 asks of complexity, and what one hash may cost.
	MinPassword, MaxPassword = 10, 128
	// LinkTime is how long a one-time link is good: over a weekend.
	LinkTime = 72 * time.Hour
	// MaxLogin bounds a login name, in characters.
	MaxLogin = 40
)

// PasswordSet: the account has a new password (设置密码). It ends every session
// and every lock.
type PasswordSet struct {
	Hash code.Personal `json:"hash"` // argon2id
	// MustChange: somebody else knows it; it is good for setting another only.
	MustChange bool `json:"must_change,omitzero"`
	// Way is first, changed (by the person) or link.
	Way string `json:"way"`
}

// LinkIssued: a link was issued through which the person sets his password
// once (一次性链接).
type LinkIssued struct {
	Hash    code.Personal `json:"hash"` // SHA-256 of the secret, in hexadecimal
	Expires time.Time     `json:"expires"`
}

// FactorSet: from now on a code of the person's device is asked too (动态口令).
type FactorSet struct {
	Secret code.Personal `json:"secret"`
	Step   int64         `json:"step"` // of the code that proved the device
}

// FactorRemoved: no code is asked any more.
type FactorRemoved struct {
	Reason code.Text `json:"reason"`
}

func (PasswordSet) isAccountEvent()   {}
func (LinkIssued) isAccountEvent()    {}
func (FactorSet) isAccountEvent()     {}
func (FactorRemoved) isAccountEvent() {}

// Link is a one-time link that was issued and not used.
type Link struct {
	Hash    code.Personal
	Expires time.Time
}

// Good says whether the link may still be used.
func (l Link) Good(now time.Time) bool { return l.Hash != "" && now.Before(l.Expires) }

// CheckLogin refuses what cannot be a login name: it is typed on phones and
// read out on the telephone.
func CheckLogin(login string) error {
	if n := len(login); n < 3 || n > MaxLogin {
		return policy.Refuse(policy.Malformed, "用户名应为3至%d个字符", MaxLogin)
	}
	for _, c := range login {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return policy.Refuse(policy.Malformed, "用户名只能用小写字母、数字和 - _ .")
		}
	}
	return nil
}

// CheckPassword refuses a password that is easily guessed: too short, of fewer
// than three kinds of characters, or holding the login name.
func CheckPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	if n < MinPassword || n > MaxPassword {
		return policy.Refuse(policy.PasswordWeak, "密码应为%d至%d个字符", MinPassword, MaxPassword)
	}
	var lower, upper, digit, other int
	seen := map[rune]bool{}
	for _, c := range password {
		seen[c] = true
		switch {
		case unicode.IsLower(c):
			lower = 1
		case unicode.IsUpper(c):
			upper = 1
		case unicode.IsDigit(c):
			digit = 1
		default:
			other = 1
		}
	}
	switch {
	case lower+upper+digit+other < 3:
		return policy.Refuse(policy.PasswordWeak, "密码应含大写字母、小写字母、数字、其他符号四类中的三类")
	case len(seen) < MinPassword/2:
		return policy.Refuse(policy.PasswordWeak, "密码中重复的字符太多")
	case strings.Contains(strings.ToLower(password), login):
		return policy.Refuse(policy.PasswordWeak, "密码中不应含有用户名")
	}
	return nil
}

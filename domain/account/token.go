package account

import (
	"slices"
	"unicode/utf8"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

const (
	// MaxTokens bounds the tokens of one account that are good at one time.
	MaxTokens = 20
	// MaxTokenDays is how long a token may be good: a year, then somebody has
	// to say again what it is for.
	MaxTokenDays = 366
)

// Scopes say what a token may be used for.
var Scopes = code.List{
	{Code: "read", ZH: "查询", EN: "read"},
	{Code: "write", ZH: "登记", EN: "write"},
}

// TokenIssued: a program may ask or record in the person's name (个人令牌).
type TokenIssued struct {
	Token   string       `json:"token"` // id
	Name    string       `json:"name"`  // what it is for
	Scopes  []string     `json:"scopes"`
	Hash    string       `json:"hash"` // SHA-256 of 32 random bytes: nobody guesses them
	Expires calendar.Day `json:"expires"`
}

// TokenRevoked: the token opens nothing any more.
type TokenRevoked struct {
	Token string `json:"token"`
}

func (TokenIssued) isAccountEvent()  {}
func (TokenRevoked) isAccountEvent() {}

// IssueToken answers whether the account may have the token.
func (s *State) IssueToken(e TokenIssued, today calendar.Day) error {
	good := 0
	for _, t := range s.Tokens {
		if t.ID == e.Token {
			return policy.Refuse(policy.Malformed, "令牌编号重复")
		}
		if t.Good(today) {
			good++
		}
	}
	switch {
	case !s.Open():
		return policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
	case good >= MaxTokens:
		return policy.Refuse(policy.Malformed, "一个账户至多有%d个有效令牌，请先注销不用的", MaxTokens)
	case e.Name == "" || utf8.RuneCountInString(e.Name) > 100:
		return policy.Refuse(policy.Malformed, "令牌须写明用途，至多100字")
	case e.Expires < today || e.Expires > today+MaxTokenDays:
		return policy.Refuse(policy.Malformed, "令牌有效期应在今天起%d天之内", MaxTokenDays)
	case len(e.Scopes) == 0 || slices.ContainsFunc(e.Scopes, func(c string) bool { _, ok := Scopes.Find(c); return !ok }):
		return policy.Refuse(policy.Malformed, "令牌须写明用于查询还是登记")
	}
	return nil
}

// RevokeToken answers whether there is such a token to revoke.
func (s *State) RevokeToken(id string) error {
	if !slices.ContainsFunc(s.Tokens, func(t Token) bool { return t.ID == id && !t.Revoked }) {
		return policy.Refuse(policy.TokenUnknown, "没有这个令牌，或已注销")
	}
	return nil
}

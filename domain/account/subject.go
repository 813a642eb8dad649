package account

import (
	"strings"
	"unicode/utf8"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// maxSubject bounds an issuer's address and a subject, in bytes: OpenID Connect
// allows subjects of 255.
const maxSubject = 255

// Subject is who somebody is to a unified login (统一身份认证): the issuer's
// address and its name for the person, which never changes and never passes to
// another.
type Subject struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
}

// SubjectLinked: whoever the issuer says is the subject comes in through the
// account (绑定统一身份). An account has one subject; a later one takes its place.
type SubjectLinked Subject

// SubjectUnlinked: the account is open to no subject any more (解除绑定). It ends
// every session.
type SubjectUnlinked struct {
	Reason code.Text `json:"reason"`
}

func (SubjectLinked) isAccountEvent()   {}
func (SubjectUnlinked) isAccountEvent() {}

// Check refuses what no issuer says, and a subject that is itself a personal
// number: the record keeps subjects in clear.
func (s Subject) Check() error {
	for _, text := range []string{s.Issuer, s.Subject} {
		if text == "" || len(text) > maxSubject || !utf8.ValidString(text) || strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			return policy.Refuse(policy.Malformed, "请填写统一身份编号，至多%d个字符，前后没有空格", maxSubject)
		}
	}
	if kind := code.PersonalNumber(s.Subject); kind != "" {
		return policy.Refuse(policy.PersonalInText, "统一身份编号不能是%s，请让认证系统提供不含个人号码的编号", kind)
	}
	return nil
}

// EnterAs answers whether the subject's person is let in. He has proved who he
// is, so he is told what stands in his way; locks are for guessed passwords and
// do not stop him.
func (s *State) EnterAs(subject Subject, a Attempt) ([]Event, error) {
	switch {
	case !s.Exists() || subject == (Subject{}) || s.Subject != subject:
		return nil, UnknownSubject(subject)
	case s.Closed:
		return nil, policy.Refuse(policy.AccountClosed, "您的账户已停用，请联系系统管理员")
	}
	return []Event{LoggedIn{Address: a.Address, Agent: a.Agent, Way: "issuer"}}, nil
}

// UnknownSubject is the refusal of a person whom the issuer knows and we do not.
func UnknownSubject(s Subject) error {
	return policy.Refuse(policy.SubjectUnknown, "统一身份认证已通过，但没有与之对应的账户。请把您的统一身份编号告诉系统管理员：%s", s.Subject)
}

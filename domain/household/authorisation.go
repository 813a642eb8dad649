package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// SignLetter records the commitment and authorisation letter (承诺授权书, S2.18): the
// household commits that its data are true and lets its assets be queried.
type SignLetter struct {
	Letter    string   `json:"letter"`
	Scope     []string `json:"scope"`   // what may be queried, code.ComparisonSources
	Members   []string `json:"members"` // whom it covers
	Signer    string   `json:"signer"`  // member id
	Signature string   `json:"signature"`
	// ProxyWriter wrote it for somebody who cannot, and read it out to him.
	ProxyWriter   string `json:"proxy_writer,omitzero"`
	ProxyRelation string `json:"proxy_relation,omitzero"`
	ReadOut       bool   `json:"read_out,omitzero"`
	// Until is the last day it authorises for; none: as long as the case goes on.
	Until calendar.Day    `json:"until,omitzero"`
	Paper code.Attachment `json:"paper,omitzero"`
}

// LetterSigned: the letter was signed.
type LetterSigned SignLetter

func (SignLetter) isCommand() {}
func (LetterSigned) isEvent() {}

// Letter is a letter as the state keeps it.
type Letter struct {
	ID      string
	On      calendar.Day
	Until   calendar.Day
	Scope   []string
	Members []string
}

// covers says whether the letter authorises on the day: signed by then and not
// expired.
func (l Letter) covers(on calendar.Day) bool { return l.On <= on && (l.Until == 0 || on <= l.Until) }

func (r *ruling) signLetter(c SignLetter) []Event {
	if c.Letter == "" || len(c.Members) == 0 {
		return r.refuse(policy.Malformed, "承诺授权书须写明编号和所涉成员")
	}
	if c.Until != 0 && c.Until < r.act.Happened {
		return r.refuse(policy.Malformed, "授权截止日期早于签署日期")
	}
	r.known(code.Signatures, c.Signature, "签署方式")
	for _, scope := range c.Scope {
		r.known(code.ComparisonSources, scope, "授权查询范围")
	}
	for _, m := range c.Members {
		r.here(m)
	}
	r.here(c.Signer)
	if c.ProxyWriter != "" && (c.ProxyRelation == "" || !c.ReadOut) {
		r.fails(policy.LetterProxyUnnamed, "代书的须写明代书人与签署人的关系，并已当面宣读")
	}
	r.step(policy.Inclusion, policy.Authorisation)
	r.evidence(policy.Inclusion, policy.Authorisation, when(c.Paper != "", "letter")...)
	return []Event{LetterSigned(c)}
}

func (s *State) letterSigned(f Fact, e LetterSigned) {
	s.Letters = append(s.Letters, Letter{ID: e.Letter, On: f.Happened(), Until: e.Until, Scope: e.Scope, Members: e.Members})
	s.chainDone(policy.Inclusion, policy.Authorisation, f, "")
}

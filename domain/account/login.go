package account

import (
	"slices"
	"time"

	"shouwang/domain/policy"
)

const (
	// MaxFailures is how often an account may be tried in vain from one address
	// before it is locked for that address.
	MaxFailures = 5
	// maxElsewhere is the same from all addresses together: whoever guesses from
	// many machines is stopped too, and a colleague's slip locks nobody out.
	maxElsewhere = 50
	// LockTime is how long a lock stands, and how long a failure counts.
	LockTime = 15 * time.Minute
)

// LoggedIn: somebody came in (登录).
type LoggedIn struct {
	Address string `json:"address"`
	Agent   string `json:"agent,omitzero"`
	// Step is the time step of the code that was shown, 0 without one.
	Step int64 `json:"step,omitzero"`
	// Way is issuer of whom the unified login vouched for, "" with a password.
	Way string `json:"way,omitzero"`
}

// LoginFailed: somebody was not let in (登录失败).
type LoginFailed struct {
	Address string `json:"address"`
	Agent   string `json:"agent,omitzero"`
	Missed  string `json:"missed"` // password or code
}

// LockedOut: after too many failures nobody comes in from the address for a
// while (锁定); no address: from anywhere.
type LockedOut struct {
	Address string    `json:"address,omitzero"`
	Until   time.Time `json:"until"`
}

// LoggedOut: the person left (退出).
type LoggedOut struct {
	Address string `json:"address"`
}

// SessionsRevoked: whoever is in through the account has to come in anew (强制下线).
type SessionsRevoked struct {
	Reason string `json:"reason"`
}

func (LoggedIn) isAccountEvent()        {}
func (LoginFailed) isAccountEvent()     {}
func (LockedOut) isAccountEvent()       {}
func (LoggedOut) isAccountEvent()       {}
func (SessionsRevoked) isAccountEvent() {}

// Failure is a login that failed.
type Failure struct {
	Address string
	At      time.Time
}

// Lock is a lock-out.
type Lock struct {
	Address string
	Until   time.Time
}

// Attempt is what somebody showed at the door.
type Attempt struct {
	Address, Agent string
	At             time.Time
	Password       bool  // was right
	Step           int64 // of a right code; 0: none or a wrong one
}

// refused is what everybody is told who is not let in: whether the account
// exists, is locked or closed is nobody else's business.
func refused() error {
	return policy.Refuse(policy.LoginRefused, "用户名、密码或动态口令不正确；连续%d次不正确即锁定%d分钟", MaxFailures, int(LockTime.Minutes()))
}

// Refused is the refusal of a login that names no account.
func Refused() error { return refused() }

// Locked says whether nobody comes in from the address just now.
func (s *State) Locked(address string, now time.Time) bool {
	return slices.ContainsFunc(s.Locks, func(l Lock) bool { return now.Before(l.Until) && (l.Address == "" || l.Address == address) })
}

// LogIn answers whether the person is let in, and what is recorded either way.
// While a lock stands nothing is recorded: it would fill the record.
func (s *State) LogIn(a Attempt) ([]Event, error) {
	if !s.Open() || s.Password == "" || s.Locked(a.Address, a.At) {
		return nil, refused()
	}
	missed := ""
	switch {
	case !a.Password:
		missed = "password"
	case s.Factor != "" && a.Step <= s.LastStep:
		missed = "code"
	}
	if missed == "" {
		return []Event{LoggedIn{Address: a.Address, Agent: a.Agent, Step: a.Step}}, nil
	}
	events := []Event{LoginFailed{Address: a.Address, Agent: a.Agent, Missed: missed}}
	here, anywhere := 1, 1
	for _, f := range recent(s.Failures, a.At) {
		anywhere++
		if f.Address == a.Address {
			here++
		}
	}
	switch until := a.At.Add(LockTime).UTC(); {
	case anywhere >= maxElsewhere:
		events = append(events, LockedOut{Until: until})
	case here >= MaxFailures:
		events = append(events, LockedOut{Address: a.Address, Until: until})
	}
	return events, refused()
}

// recent are the failures that still count, in a slice of its own.
func recent(all []Failure, now time.Time) []Failure {
	return slices.DeleteFunc(slices.Clone(all), func(f Failure) bool { return now.Sub(f.At) > LockTime })
}

// standing are the locks that still stand, in a slice of its own.
func standing(all []Lock, now time.Time) []Lock {
	return slices.DeleteFunc(slices.Clone(all), func(l Lock) bool { return !now.Before(l.Until) })
}

package accounts

import (
	"context"
	"fmt"
	"strings"

	"github.com/alexedwards/argon2id"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/act"
)

// Door is where somebody stands who wants in.
type Door struct {
	Address string // the network address, without the port
	Agent   string // what his browser calls itself
	Channel string // web, api
}

const (
	// maxAgent bounds what is kept of a browser's name.
	maxAgent = 120
	// maxPasswordBytes bounds what is hashed at all.
	maxPasswordBytes = 1024
)

func (d Door) agent() string {
	text := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, d.Agent)
	return text[:min(len(text), maxAgent)]
}

// LogIn lets somebody in, or refuses with the same words whatever was wrong.
// Both are recorded. An unknown login costs as much time as a known one.
func (a *Accounts) LogIn(ctx context.Context, login, password, code string, door Door) (account.State, error) {
	id := idOf(strings.ToLower(strings.TrimSpace(login)))
	s, err := a.State(ctx, id)
	if err != nil {
		return s, err
	}
	attempt := account.Attempt{Address: door.Address, Agent: door.agent(), At: a.Clock()}
	if !s.Open() || s.Password == "" || s.Locked(door.Address, attempt.At) {
		_, err := a.verify(ctx, password, a.nobody)
		if err == nil {
			err = account.Refused()
		}
		return account.State{}, err
	}
	hash, err := a.opened(ctx, id, "hash", string(s.Password))
	if err != nil {
		return s, err
	}
	if attempt.Password, err = a.verify(ctx, password, hash); err != nil {
		return s, err
	}
	if attempt.Step, err = a.stepOf(ctx, s, code, attempt.At); err != nil {
		return s, err
	}
	checked := s
	err = a.enter(ctx, id, act.Person{ID: s.Person, Name: s.Name}, door.Channel, func(now account.State) ([]account.Event, error) {
		if now.Password != checked.Password || now.Factor != checked.Factor {
			return nil, account.Refused() // changed meanwhile
		}
		return now.LogIn(attempt)
	})
	if err != nil {
		return account.State{}, err
	}
	return a.Account(id)
}

// LogOut records that the person left.
func (a *Accounts) LogOut(ctx context.Context, id string, door Door) error {
	return a.own(ctx, id, door.Channel, func(account.State) ([]account.Event, error) {
		return []account.Event{account.LoggedOut{Address: door.Address}}, nil
	})
}

// own is an act of the account's own person.
func (a *Accounts) own(ctx context.Context, id, channel string, decide func(account.State) ([]account.Event, error)) error {
	s, err := a.Account(id)
	if err != nil {
		return err
	}
	return a.enter(ctx, id, act.Person{ID: s.Person, Name: s.Name}, channel, decide)
}

// verify compares a password with a hash, a few at a time.
func (a *Accounts) verify(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > maxPasswordBytes {
		return false, nil
	}
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check a password: %w", err)
	}
	return right, nil
}

// hash makes the hash of a new password, a few at a time.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	hash, err := argon2id.CreateHash(password, a.Cost)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// opened opens a sealed field of an account.
func (a *Accounts) opened(ctx context.Context, id, field, sealed string) (string, error) {
	sealer, err := a.Keys.Existing(ctx, commands.AccountStream(id))
	if err != nil {
		return "", err
	}
	clear, err := sealer.Open(field, sealed)
	if err != nil {
		return "", fmt.Errorf("open %s of account %s: %w", field, id, err)
	}
	return clear, nil
}

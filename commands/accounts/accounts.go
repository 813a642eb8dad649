// Package accounts is how people come in: it opens accounts, checks passwords,
// codes, one-time links and tokens, and writes each coming and going, and each
// look at personal data, into the account's stream. What is allowed is decided
// in domain/account; here are hashing, randomness and the record.
package accounts

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

const (
	// retries on a conflict: as many colleagues may try one account at once.
	retries = 8
	// hashings bounds the passwords that are checked at one time: each takes
	// the memory that its cost says.
	hashings = 4
)

// Config is what Accounts need.
type Config struct {
	Log       eventlog.Log
	Keys      *sealing.Keys
	Directory *commands.Directory
	Clock     commands.Clock
	Random    io.Reader        // nil: crypto/rand
	Cost      *argon2id.Params // of a password; nil: what a county server bears
}

// Accounts lets people in. It is safe for concurrent use.
type Accounts struct {
	Config
	hashing chan struct{}
	nobody  string // a hash that no password has, for logins that do not exist

	mu   sync.Mutex
	warm map[string]account.State
}

// New returns Accounts.
func New(c Config) (*Accounts, error) {
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if c.Cost == nil {
		c.Cost = &argon2id.Params{Memory: 46 << 10, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	}
	a := &Accounts{Config: c, hashing: make(chan struct{}, hashings), warm: map[string]account.State{}}
	nobody, err := argon2id.CreateHash(rand.Text(), c.Cost)
	if err != nil {
		return nil, fmt.Errorf("prepare hashing: %w", err)
	}
	a.nobody = nobody
	return a, nil
}

// By is who acts on an account: somebody through his own, or the program itself
// at its console (no account).
type By struct {
	Account string
	Channel string // web, api, cli
	// Key makes repeating safe: an act with a key that the account's stream has
	// already is that act, and done. Empty: every call is an act of its own.
	Key string
}

// person is who acts, for the record.
func (a *Accounts) person(by By) (act.Person, error) {
	if by.Account == "" {
		return act.Person{ID: "shouwang", Name: "shouwang"}, nil
	}
	s, err := a.Account(by.Account)
	if err != nil {
		return act.Person{}, err
	}
	return act.Person{ID: s.Person, Name: s.Name, Post: account.Duties.ZH(string(s.Duty))}, nil
}

// Account returns an account without its comings and goings.
func (a *Accounts) Account(id string) (found account.State, err error) {
	err = a.Directory.Accounts(func(b *account.Book) error {
		s, ok := b.Account(id)
		if !ok {
			return policy.Refuse(policy.AccountUnknown, "没有这个账户")
		}
		found = s
		return nil
	})
	return found, err
}

// All returns every account, by login.
func (a *Accounts) All() (all []account.State) {
	_ = a.Directory.Accounts(func(b *account.Book) error { all = b.All(); return nil }) // the function never fails
	return all
}

// State reads an account with its comings and goings.
func (a *Accounts) State(ctx context.Context, id string) (account.State, error) {
	a.mu.Lock()
	s := a.warm[id]
	a.mu.Unlock()
	known := s.Version
	for rec, err := range a.Log.ReadStream(ctx, commands.AccountStream(id), eventlog.Version(s.Version)) {
		if err != nil {
			return s, fmt.Errorf("read account %s: %w", id, err)
		}
		e, err := wire.Account(rec.Type, rec.Data, nil)
		if err != nil {
			return s, fmt.Errorf("account %s version %d: %w", id, rec.Version, err)
		}
		s = account.Evolve(s, account.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e})
	}
	if s.Version > known {
		a.mu.Lock()
		if a.warm[id].Version < s.Version {
			a.warm[id] = s
		}
		a.mu.Unlock()
	}
	return s, nil
}

// enter appends what decide makes of the account, again if somebody was faster.
// A refusal may come with events: a login that failed is a fact too.
func (a *Accounts) enter(ctx context.Context, id string, by act.Person, channel string, decide func(account.State) ([]account.Event, error)) error {
	return a.enterOnce(ctx, id, by, By{Channel: channel}, decide)
}

// enterOnce is enter for a request that may come twice.
func (a *Accounts) enterOnce(ctx context.Context, id string, person act.Person, by By, decide func(account.State) ([]account.Event, error)) error {
	key := cmp.Or(by.Key, uuid.NewString())
	for try := 0; ; try++ {
		if done, err := a.holds(ctx, id, by.Key); done || err != nil {
			return err
		}
		s, err := a.State(ctx, id)
		if err != nil {
			return err
		}
		events, refusal := decide(s)
		if len(events) == 0 {
			return refusal
		}
		err = a.append(ctx, id, s.Version, person, by.Channel, key, events)
		if errors.Is(err, eventlog.ErrConflict) && try < retries {
			continue
		}
		if err != nil {
			return err
		}
		return errors.Join(refusal, a.Directory.CatchUp(ctx))
	}
}

// holds says whether the account's stream has an act with the key.
func (a *Accounts) holds(ctx context.Context, id, key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	stream := commands.AccountStream(id)
	for rec, err := range a.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return false, fmt.Errorf("read account %s: %w", id, err)
		}
		if rec.ID == eventlog.DeriveID(stream, key, 0) {
			return true, nil
		}
	}
	return false, nil
}

func (a *Accounts) append(ctx context.Context, id string, version int64, by act.Person, channel, key string, events []account.Event) error {
	stream := commands.AccountStream(id)
	var salt [16]byte
	if _, err := io.ReadFull(a.Random, salt[:]); err != nil {
		return fmt.Errorf("draw a salt: %w", err)
	}
	meta, err := wire.EncodeMeta(act.Act{Happened: calendar.Of(a.Clock()), DoneBy: []act.Person{by}, RecordedBy: by,
		Mode: act.Performed, Channel: channel, Key: key, Salt: hex.EncodeToString(salt[:])})
	if err != nil {
		return err
	}
	entries := make([]eventlog.Event, len(events))
	for i, e := range events {
		var sealer wire.Sealer
		if wire.HoldsPersonal(e) {
			if sealer, err = a.Keys.For(ctx, stream); err != nil {
				return err
			}
		}
		name, data, err := wire.Encode(e, sealer)
		if err != nil {
			return err
		}
		entries[i] = eventlog.Event{ID: eventlog.DeriveID(stream, key, i), Type: name, Data: data, Meta: meta}
	}
	_, err = a.Log.Append(ctx, stream, eventlog.Version(version), entries)
	return err
}

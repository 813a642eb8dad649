// Package issuer asks a county's or province's unified login (统一身份认证) who
// somebody is, by OpenID Connect: authorisation code with PKCE, state and nonce.
// What the person may do here is decided here.
package issuer

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"shouwang/domain/account"
)

// patience bounds one question to the issuer: somebody waits at the door.
const patience = 10 * time.Second

// ErrAnswer is an answer that proves nothing: of another journey, expired, badly
// signed or meant for another program.
var ErrAnswer = errors.New("the issuer's answer proves nothing")

// Config is which issuer is asked, and as whom.
type Config struct {
	Address string // as it stands in the issuer's tokens
	Client  string
	Secret  string           // "" of a client without one
	Now     func() time.Time // of tokens; nil: the machine's
}

// Issuer is a unified login. It is safe for concurrent use.
type Issuer struct {
	Config
	client *http.Client

	mu       sync.Mutex
	provider *oidc.Provider // once it was found
}

// New returns the issuer. It is looked for when somebody first comes by it, so
// that its absence keeps nobody else out.
func New(c Config) *Issuer { return &Issuer{Config: c, client: &http.Client{Timeout: patience}} }

// Journey is what a browser takes along to the issuer and brings back, and
// nobody else knows.
type Journey struct{ State, Nonce, Verifier string }

// Begin returns a new journey and the address at which it begins. The issuer
// sends the browser back to the address given.
func (i *Issuer) Begin(ctx context.Context, back string) (Journey, string, error) {
	provider, err := i.found(ctx)
	if err != nil {
		return Journey{}, "", err
	}
	j := Journey{rand.Text(), rand.Text(), oauth2.GenerateVerifier()}
	return j, i.oauth(provider, back).AuthCodeURL(j.State, oidc.Nonce(j.Nonce), oauth2.S256ChallengeOption(j.Verifier)), nil
}

// Finish returns who came back with the state and code. The error is ErrAnswer
// unless the issuer could not be asked.
func (i *Issuer) Finish(ctx context.Context, j Journey, back, state, code string) (account.Subject, error) {
	if j.State == "" || subtle.ConstantTimeCompare([]byte(j.State), []byte(state)) != 1 || code == "" {
		return account.Subject{}, fmt.Errorf("%w: of another journey", ErrAnswer)
	}
	provider, err := i.found(ctx)
	if err != nil {
		return account.Subject{}, err
	}
	ctx = oidc.ClientContext(ctx, i.client)
	tokens, err := i.oauth(provider, back).Exchange(ctx, code, oauth2.VerifierOption(j.Verifier))
	if refused := new(oauth2.RetrieveError); errors.As(err, &refused) {
		return account.Subject{}, fmt.Errorf("%w: %s", ErrAnswer, refused.ErrorCode)
	}
	if err != nil {
		return account.Subject{}, fmt.Errorf("ask the issuer for a token: %w", err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := provider.Verifier(&oidc.Config{ClientID: i.Client, Now: i.Now}).Verify(ctx, raw)
	if err != nil {
		return account.Subject{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(j.Nonce)) != 1 {
		return account.Subject{}, fmt.Errorf("%w: its nonce is of another journey", ErrAnswer)
	}
	return account.Subject{Issuer: token.Issuer, Subject: token.Subject}, nil
}

// found looks up where the issuer answers, until it was found once.
func (i *Issuer) found(ctx context.Context) (*oidc.Provider, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider == nil {
		p, err := oidc.NewProvider(oidc.ClientContext(ctx, i.client), i.Address)
		if err != nil {
			return nil, fmt.Errorf("find the issuer: %w", err)
		}
		i.provider = p
	}
	return i.provider, nil
}

func (i *Issuer) oauth(provider *oidc.Provider, back string) *oauth2.Config {
	return &oauth2.Config{ClientID: i.Client, ClientSecret: i.Secret, Endpoint: provider.Endpoint(), RedirectURL: back, Scopes: []string{oidc.ScopeOpenID}}
}

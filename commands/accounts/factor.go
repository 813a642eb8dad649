package accounts

import (
	"context"
	"encoding/base32"
	"fmt"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// period is how long one code is shown, in seconds (RFC 6238); a code of the
// period before or after is good too: phones' clocks differ.
const period = 30

// minSecret and maxSecret bound a device's secret, in bytes: what RFC 4226 asks
// for at least, and what a code to be scanned holds easily.
const minSecret, maxSecret = 16, 64

// Factor is a device in the making: its secret, and the same as an address that
// phones read.
type Factor struct{ Secret, Address string }

// NewFactor draws a secret for a device. Nothing is recorded until a code of it
// was shown.
func (a *Accounts) NewFactor(id string) (Factor, error) { return a.factor(id, nil) }

// SameFactor is the device of a secret that was drawn before and whose code was
// mistyped: whoever has it in his phone by now need not begin anew. A secret that
// is none is refused.
func (a *Accounts) SameFactor(id, secret string) (Factor, error) {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil || len(key) < minSecret || len(key) > maxSecret {
		return Factor{}, policy.Refuse(policy.Malformed, "密钥有误，请重新打开本页")
	}
	return a.factor(id, key)
}

func (a *Accounts) factor(id string, secret []byte) (Factor, error) {
	s, err := a.Account(id)
	if err != nil {
		return Factor{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Shouwang", AccountName: s.Login, Period: period, Secret: secret, Rand: a.Random})
	if err != nil {
		return Factor{}, fmt.Errorf("draw a device's secret: %w", err)
	}
	return Factor{key.Secret(), key.URL()}, nil
}

// SetFactor asks for codes of the device from now on, once one was shown.
func (a *Accounts) SetFactor(ctx context.Context, id, secret, shown string, door Door) error {
	step := stepIn(secret, shown, a.Clock())
	if step == 0 {
		return policy.Refuse(policy.FactorWrong, "动态口令不正确，请核对手机时间后再试")
	}
	return a.own(ctx, id, door.Channel, func(account.State) ([]account.Event, error) {
		return []account.Event{account.FactorSet{Secret: code.Personal(secret), Step: step}}, nil
	})
}

// RemoveFactor asks for codes no more: the phone is lost.
func (a *Accounts) RemoveFactor(ctx context.Context, by By, id string, reason code.Text) error {
	return a.switched(ctx, by, id, reason, func(s account.State) ([]account.Event, error) {
		if s.Factor == "" {
			return nil, policy.Refuse(policy.Malformed, "该账户没有启用动态口令")
		}
		return []account.Event{account.FactorRemoved{Reason: reason}}, nil
	})
}

// stepOf is the time step of a right code, 0 if it is wrong or not asked for.
func (a *Accounts) stepOf(ctx context.Context, s account.State, shown string, now time.Time) (int64, error) {
	if s.Factor == "" || shown == "" {
		return 0, nil
	}
	secret, err := a.opened(ctx, s.Account, "secret", string(s.Factor))
	if err != nil {
		return 0, err
	}
	return stepIn(secret, shown, now), nil
}

func stepIn(secret, shown string, now time.Time) int64 {
	opts := totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	for _, back := range []int64{0, -1, 1} {
		at := time.Unix(now.Unix()+back*period, 0)
		if right, err := totp.ValidateCustom(shown, secret, at, opts); err == nil && right {
			return at.Unix() / period
		}
	}
	return 0
}

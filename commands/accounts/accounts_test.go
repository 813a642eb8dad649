package accounts

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp/totp"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
)

// house is a record with nothing in it but what a test enters.
type house struct {
	*Accounts
	t       *testing.T
	handler *commands.Handler

	mu  sync.Mutex
	now time.Time
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) passes(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// cheap is what hashing costs in tests.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func newHouse(t *testing.T) *house {
	h := &house{t: t, now: calendar.MustDay("2023-07-03").Start().Add(9 * time.Hour)}
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: pgtest.Pool(t), MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	log := memlog.New(h.clock)
	directory := commands.NewDirectory(log)
	h.handler = commands.New(commands.Config{Log: log, Keys: keys, Directory: directory, Clock: h.clock})
	h.Accounts, err = New(Config{Log: log, Keys: keys, Directory: directory, Clock: h.clock, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const good = "Kx7-quiet-river"

var (
	desk = Door{Address: "10.0.0.7", Agent: "Mozilla/5.0", Channel: "web"}
	cli  = By{Channel: "cli"}
)

// opens opens an account and sets its password.
func (h *house) opens(login string, duty account.Duty) string {
	h.t.Helper()
	id, err := h.Open(h.t.Context(), cli, Opening{Login: login, Name: "某人", Duty: duty})
	if err == nil {
		err = h.GivePassword(h.t.Context(), cli, id, good, false)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) refused(rule policy.Rule, err error) {
	h.t.Helper()
	var refusal *policy.Refusal
	if !errors.As(err, &refusal) || refusal.Rule != rule {
		h.t.Errorf("%v, want %s", err, rule)
	}
}

// types are the types of an account's records.
func (h *house) types(id string) string {
	h.t.Helper()
	var all []string
	for rec, err := range h.Log.ReadStream(context.Background(), commands.AccountStream(id), eventlog.NoStream) {
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(rec.Type, ".v1"))
	}
	return strings.Join(all, " ")
}

func TestALinkLetsInOnce(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id, err := h.Open(ctx, cli, Opening{Login: " LuoGuifang ", Person: "v-clerk", Name: "罗桂芳"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.LogIn(ctx, "luoguifang", "", "", desk)
	h.refused(policy.LoginRefused, err)
	link, err := h.IssueLink(ctx, cli, id)
	if err != nil {
		t.Fatal(err)
	}
	h.refused(policy.LinkInvalid, h.Redeem(ctx, link+"x", good, desk))
	h.refused(policy.LinkInvalid, h.Redeem(ctx, "nobody.x", good, desk))
	h.refused(policy.PasswordWeak, h.Redeem(ctx, link, "password", desk))
	if err := h.Redeem(ctx, link, good, desk); err != nil {
		t.Fatal(err)
	}
	h.refused(policy.LinkInvalid, h.Redeem(ctx, link, good+"2", desk))
	s, err := h.LogIn(ctx, "LUOGUIFANG", good, "", desk)
	if err != nil || s.Person != "v-clerk" || s.MustChange {
		t.Errorf("%+v %v", s, err)
	}
	if err := h.LogOut(ctx, id, desk); err != nil {
		t.Error(err)
	}
	if got := h.types(id); got != "account.opened account.link_issued account.password_set login.succeeded login.ended" {
		t.Error(got)
	}
	late, err := h.IssueLink(ctx, cli, id)
	if err != nil {
		t.Fatal(err)
	}
	h.passes(account.LinkTime)
	h.refused(policy.LinkInvalid, h.Redeem(ctx, late, good+"3", desk))
}

func TestFiveFailuresLockTheAddress(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	for range account.MaxFailures {
		_, err := h.LogIn(ctx, "luo", "wrong", "", desk)
		h.refused(policy.LoginRefused, err)
	}
	_, err := h.LogIn(ctx, "luo", good, "", desk)
	h.refused(policy.LoginRefused, err)
	if _, err := h.LogIn(ctx, "luo", good, "", Door{Address: "10.0.0.8", Channel: "web"}); err != nil {
		t.Errorf("from another desk: %v", err)
	}
	want := "account.opened account.password_set" + strings.Repeat(" login.failed", 5) + " login.locked login.succeeded"
	if got := h.types(id); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	h.passes(account.LockTime)
	if _, err := h.LogIn(ctx, "luo", good, "", desk); err != nil {
		t.Errorf("after the lock: %v", err)
	}
	_, unknown := h.LogIn(ctx, "nobody", good, "", desk)
	h.refused(policy.LoginRefused, unknown)
	if got := h.types(idOf("nobody")); got != "" {
		t.Errorf("an unknown login wrote %s", got)
	}
}

// However many try at once, an account takes five failures from one address.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			if _, err := h.LogIn(ctx, "luo", "wrong", "", desk); err == nil {
				t.Error("let in")
			}
		})
	}
	all.Wait()
	if got := strings.Count(h.types(id), "login.failed"); got != account.MaxFailures {
		t.Errorf("%d failures counted", got)
	}
}

func TestPasswordsAreChangedByWhoKnowsThem(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	if err := h.GivePassword(ctx, cli, id, good+"1", true); err != nil {
		t.Fatal(err)
	}
	s, err := h.LogIn(ctx, "luo", good+"1", "", desk)
	if err != nil || !s.MustChange {
		t.Errorf("%+v %v", s, err)
	}
	h.refused(policy.LoginRefused, h.ChangePassword(ctx, id, "wrong", good+"2", desk))
	h.refused(policy.PasswordWeak, h.ChangePassword(ctx, id, good+"1", good+"1", desk))
	h.refused(policy.PasswordWeak, h.ChangePassword(ctx, id, good+"1", "luo-Is-My-Name1", desk))
	if err := h.ChangePassword(ctx, id, good+"1", good+"2", desk); err != nil {
		t.Fatal(err)
	}
	after, err := h.Account(id)
	if err != nil || after.MustChange || after.Epoch == s.Epoch {
		t.Errorf("%+v %v", after, err)
	}
	if _, err := h.LogIn(ctx, "luo", good+"1", "", desk); err == nil {
		t.Error("the old password is good")
	}
}

func TestADeviceIsAskedFor(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	f, err := h.NewFactor(id)
	if err != nil {
		t.Fatal(err)
	}
	shown := func() string {
		text, err := totp.GenerateCode(f.Secret, h.clock())
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	h.refused(policy.FactorWrong, h.SetFactor(ctx, id, f.Secret, "000000", desk))
	if err := h.SetFactor(ctx, id, f.Secret, shown(), desk); err != nil {
		t.Fatal(err)
	}
	if _, err := h.LogIn(ctx, "luo", good, shown(), desk); err == nil {
		t.Error("a code was good twice")
	}
	h.passes(time.Minute)
	if _, err := h.LogIn(ctx, "luo", good, "", desk); err == nil {
		t.Error("in without a code")
	}
	if _, err := h.LogIn(ctx, "luo", good, shown(), desk); err != nil {
		t.Error(err)
	}
	other := h.opens("other", "")
	h.refused(policy.AccessDenied, h.RemoveFactor(ctx, By{Account: other}, id, "手机遗失"))
	if err := h.RemoveFactor(ctx, By{Account: h.opens("sec", account.Security)}, id, "手机遗失"); err != nil {
		t.Error(err)
	}
	h.passes(time.Minute)
	if _, err := h.LogIn(ctx, "luo", good, "", desk); err != nil {
		t.Error(err)
	}
}

func TestTheThreeAdministratorsStandApart(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	system, security, audit := h.opens("sys", account.System), h.opens("sec", account.Security), h.opens("aud", account.Audit)
	for by, allowed := range map[string]bool{system: true, security: false, audit: false} {
		_, err := h.Open(ctx, By{Account: by}, Opening{Login: "by-" + by[:8], Name: "新人"})
		if (err == nil) != allowed {
			t.Errorf("opening by %s: %v", by, err)
		}
	}
	if err := h.Close(ctx, By{Account: audit}, system, "试一试"); err == nil {
		t.Error("the audit administrator closes accounts")
	}
	_, err := h.Open(ctx, By{Account: system}, Opening{Login: "sys", Name: "重名"})
	h.refused(policy.LoginTaken, err)

	day := calendar.MustDay("2021-01-01")
	for i, e := range []office.Event{
		office.RegionEstablished{Code: "629900", Name: "守望县", Level: code.County, From: day},
		office.Established{Office: "c", Region: "629900", Level: code.County, Name: "县乡村振兴局", From: day},
		office.Appointed{Appointment: "a1", Office: "c", Person: "officer", Name: "周某", Post: "股长", Capacity: code.CountyOfficer, From: day},
	} {
		if _, err := h.handler.Office(ctx, commands.Request{Key: strconv.Itoa(i), By: "setup", Channel: "test"}, e); err != nil {
			t.Fatal(err)
		}
	}
	s, err := h.Account(system)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.handler.Office(ctx, commands.Request{Key: "k2", By: "officer", Channel: "test"},
		office.Appointed{Appointment: "a2", Office: "c", Person: s.Person, Name: "某人", Post: "科员", Capacity: code.CountyOfficer, From: day})
	h.refused(policy.DutyApart, err)
	_, err = h.Open(ctx, cli, Opening{Login: "two-hats", Person: "officer", Name: "周某", Duty: account.Audit})
	h.refused(policy.DutyApart, err)
}

func TestClosingSendsOut(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id, by := h.opens("luo", ""), By{Account: h.opens("sys", account.System)}
	before, _ := h.Account(id)
	h.refused(policy.Malformed, h.RevokeSessions(ctx, by, id, ""))
	if err := h.RevokeSessions(ctx, by, id, "疑似他人使用"); err != nil {
		t.Fatal(err)
	}
	h.refused(policy.Malformed, h.Reopen(ctx, by, id, "并未停用"))
	if err := h.Close(ctx, by, id, "调离"); err != nil {
		t.Fatal(err)
	}
	h.refused(policy.AccountClosed, h.Close(ctx, by, id, "再次"))
	after, _ := h.Account(id)
	if after.Epoch < before.Epoch+2 || after.Open() {
		t.Errorf("%+v", after)
	}
	_, err := h.LogIn(ctx, "luo", good, "", desk)
	h.refused(policy.LoginRefused, err)
	_, err = h.IssueLink(ctx, by, id)
	h.refused(policy.AccountUnknown, err)
	if err := h.Reopen(ctx, by, id, "回任"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.LogIn(ctx, "luo", good, "", desk); err != nil {
		t.Error(err)
	}
}

// Nothing that lets somebody in stands in the record in clear.
func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	id := h.opens("luo", "")
	link, err := h.IssueLink(ctx, cli, id)
	if err != nil {
		t.Fatal(err)
	}
	_, secret, _ := strings.Cut(link, ".")
	for rec, err := range h.Log.ReadStream(ctx, commands.AccountStream(id), eventlog.NoStream) {
		if err != nil {
			t.Fatal(err)
		}
		for _, clear := range []string{good, "argon2id", secret, sum(secret)} {
			if bytes.Contains(rec.Data, []byte(clear)) || bytes.Contains(rec.Meta, []byte(clear)) {
				t.Errorf("%s shows %q", rec.Type, clear)
			}
		}
	}
}

// What is kept of a password is an argon2id hash that costs a guesser 46 MiB at each
// try, unless whoever starts the program says otherwise.
func TestAPasswordCostsItsGuesser(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t), t.Context()
	dear, err := New(Config{Log: h.Log, Keys: h.Keys, Directory: h.Directory, Clock: h.clock})
	if err != nil {
		t.Fatal(err)
	}
	id, err := dear.Open(ctx, cli, Opening{Login: "luo", Name: "罗某"})
	if err == nil {
		err = dear.GivePassword(ctx, cli, id, good, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := dear.Account(id)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := dear.opened(ctx, id, "hash", string(s.Password))
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=47104,t=1,p=1$") || !strings.HasPrefix(dear.nobody, hash[:30]) {
		t.Errorf("%.40s, of nobody %.40s: %v", hash, dear.nobody, err)
	}
}

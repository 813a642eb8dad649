package sealing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func testMaster(t testing.TB) *Master {
	t.Helper()
	m, err := newMaster(make([]byte, keySize))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// realSealer has random nonces and one key per version, derived from the
// subject so that tests repeat.
func realSealer(t testing.TB, subject string, versions ...int) *Sealer {
	t.Helper()
	var keys []key
	for _, v := range versions {
		secret := sha256.Sum256(fmt.Appendf(nil, "%s %d", subject, v))
		k, err := newKey(v, secret[:])
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	s := &Sealer{subject: subject}
	s.ring.Store(newRing(keys))
	return s
}

func mustSeal(t testing.TB, s *Sealer, field, clear string) string {
	t.Helper()
	v, err := s.Seal(field, clear)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatIsSealedOpens(t *testing.T) {
	t.Parallel()
	s := realSealer(t, "household-1", 1)
	rapid.Check(t, func(r *rapid.T) {
		field := rapid.StringN(1, 50, MaxField).Draw(r, "field")
		clear := rapid.StringN(0, 2000, -1).Draw(r, "clear")
		v, err := s.Seal(field, clear)
		if err != nil {
			r.Fatal(err)
		}
		if !IsSealed(v) || clear != "" && strings.Contains(v, clear) && len(clear) > 4 {
			r.Fatalf("%q is not a sealed value of %q", v, clear)
		}
		got, err := s.Open(field, v)
		if err != nil || got != clear {
			r.Fatalf("opened %q, %v; want %q", got, err, clear)
		}
	})
}

func TestEqualTextsHaveDifferentValues(t *testing.T) {
	t.Parallel()
	s := realSealer(t, "household-1", 1)
	if mustSeal(t, s, "phone", "19900000000") == mustSeal(t, s, "phone", "19900000000") {
		t.Fatal("equal texts can be told from their sealed values")
	}
}

func TestAValueOpensOnlyWhereItWasSealed(t *testing.T) {
	t.Parallel()
	home := realSealer(t, "household-1", 1, 2)
	sealed := mustSeal(t, home, "member.phone", "19900000000")
	older := mustSeal(t, realSealer(t, "household-1", 1), "member.phone", "19900000000")
	sameKey := &Sealer{subject: "household-2"}
	sameKey.ring.Store(home.ring.Load())

	for _, c := range []struct {
		name   string
		sealer *Sealer
		field  string
		value  string
		want   error
	}{
		{"its own place", home, "member.phone", sealed, nil},
		{"an older version", home, "member.phone", older, nil},
		{"another field", home, "member.id_number", sealed, ErrTampered},
		{"another household, same key", sameKey, "member.phone", sealed, ErrTampered},
		{"another household", realSealer(t, "household-2", 1, 2), "member.phone", sealed, ErrTampered},
		{"renamed to another version", home, "member.phone", "k1" + sealed[2:], ErrTampered},
		{"a version the household lacks", home, "member.phone", "k3" + sealed[2:], ErrUnknownVersion},
		{"a value for tests", home, "member.phone", mustSeal(t, Fixed("household-1"), "member.phone", "x"), ErrUnknownVersion},
		{"clear text", home, "member.phone", "19900000000", ErrFormat},
		{"empty", home, "member.phone", "", ErrFormat},
	} {
		if _, err := c.sealer.Open(c.field, c.value); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// Every byte counts: no other spelling of a sealed value opens.
func TestAnyChangedByteIsNoticed(t *testing.T) {
	t.Parallel()
	s := realSealer(t, "household-1", 1)
	for _, clear := range []string{"", "1", "12", "990101199001011234"} {
		sealed := mustSeal(t, s, "f", clear)
		for i := range len(sealed) {
			for _, b := range []byte("\x00\n\r =+/.-_0Ak1\xff") {
				if sealed[i] == b {
					continue
				}
				changed := sealed[:i] + string([]byte{b}) + sealed[i+1:]
				if got, err := s.Open("f", changed); err == nil {
					t.Fatalf("byte %d changed to %q opens as %q", i, b, got)
				}
			}
			for _, inserted := range []string{sealed[:i] + "\n" + sealed[i:], sealed[:i] + "0" + sealed[i:], sealed[:i]} {
				if got, err := s.Open("f", inserted); err == nil {
					t.Fatalf("%q opens as %q", inserted, got)
				}
			}
		}
		for _, longer := range []string{sealed + "A", sealed + "AA", sealed + "=", sealed + "\n"} {
			if _, err := s.Open("f", longer); err == nil {
				t.Fatalf("%q opens", longer)
			}
		}
	}
}

// A body that decrypts under the key, but whose commitment is another's, is the
// forgery the commitment is there for.
func TestTheCommitmentIsChecked(t *testing.T) {
	t.Parallel()
	s, other := realSealer(t, "household-1", 1), realSealer(t, "household-2", 1)
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(mustSeal(t, s, "f", "text"), "k1."))
	if err != nil {
		t.Fatal("our own value does not decode")
	}
	if got, err := s.Open("f", "k1."+base64.RawURLEncoding.EncodeToString(raw)); err != nil || got != "text" {
		t.Fatalf("the value taken apart and put together: %q, %v", got, err)
	}
	foreign := other.ring.Load().newest.commitment
	copy(raw, foreign[:])
	if _, err := s.Open("f", "k1."+base64.RawURLEncoding.EncodeToString(raw)); !errors.Is(err, ErrTampered) {
		t.Fatalf("a foreign commitment: %v", err)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	s := realSealer(t, "household-1", 1)
	largest := strings.Repeat("病", MaxClear/3)
	if got, err := s.Open("f", mustSeal(t, s, "f", largest)); err != nil || got != largest {
		t.Fatalf("the largest value: %v", err)
	}
	for name, err := range map[string]error{
		"no field":       second(s.Seal("", "x")),
		"long field":     second(s.Seal(strings.Repeat("f", MaxField+1), "x")),
		"long text":      second(s.Seal("f", strings.Repeat("x", MaxClear+1))),
		"long value":     second(s.Open("f", "k1."+strings.Repeat("A", 2*MaxClear))),
		"no subject":     checkSubject(""),
		"long subject":   checkSubject(strings.Repeat("s", MaxSubject+1)),
		"subject a\\x00": checkSubject("a\x00b"),
	} {
		if !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ string, err error) error { return err }

func TestFixedGivesTheSameBytesForEver(t *testing.T) {
	t.Parallel()
	const golden = "k0.unhPp5G2dwXslxVWs11vtVihrqaEtEkd6n_cw2WEa7ZC2InYBe_M4wVNleq3Lcq14yQRDiGE_w"
	got := mustSeal(t, Fixed("household-1"), "member.phone", "19900000000")
	if got != golden {
		t.Fatalf("%q, want %q", got, golden)
	}
	if got == mustSeal(t, Fixed("household-2"), "member.phone", "19900000000") {
		t.Fatal("another household has the same value")
	}
	if back, err := Fixed("household-1").Open("member.phone", got); err != nil || back != "19900000000" {
		t.Fatalf("opened %q, %v", back, err)
	}
}

func TestIsSealed(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("A", minEncoded)
	for s, want := range map[string]bool{
		"k1." + body: true, "k0." + body: true, "k999999." + body: true, "k12." + body + "_": true,
		"": false, "k": false, "k1": false, "k1.": false, "k." + body: false, "k01." + body: false, "k00." + body: false,
		"k1000000." + body: false, "K1." + body: false, "k1" + body: false, "ka." + body: false, "k1." + body[1:]: false,
		"k1." + body + "\n": false, "k1." + body[1:] + "=": false, "k1." + body[1:] + "号": false, "k-1." + body: false,
		"990101199001011234": false,
	} {
		if IsSealed(s) != want {
			t.Errorf("IsSealed(%q) is not %v", s, want)
		}
	}
}

func TestHashTellsPurposesAndValuesApart(t *testing.T) {
	t.Parallel()
	m := testMaster(t)
	seen := map[string]string{}
	for _, c := range [][2]string{{"id", "1"}, {"id", "2"}, {"phone", "1"}, {"i", "d1"}, {"", "id1"}, {"id1", ""}} {
		h := string(m.Hash(c[0], c[1]))
		if len(h) != 32 || h != string(m.Hash(c[0], c[1])) {
			t.Fatalf("%v: not one hash of 32 bytes", c)
		}
		if other, dup := seen[h]; dup {
			t.Errorf("%v and %s share a hash", c, other)
		}
		seen[h] = fmt.Sprint(c)
	}
	hashKey, err := derive(make([]byte, keySize), "hash")
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, hashKey)
	mac.Write([]byte("\x00\x00\x00\x00\x00\x00\x00\x02id1"))
	if !hmac.Equal(mac.Sum(nil), m.Hash("id", "1")) {
		t.Error("the hash is not HMAC-SHA256")
	}
	other, err := newMaster([]byte(strings.Repeat("k", keySize)))
	if err != nil {
		t.Fatal(err)
	}
	if string(other.Hash("id", "1")) == string(m.Hash("id", "1")) {
		t.Fatal("the hash does not depend on the master key")
	}
}

func FuzzOpen(f *testing.F) {
	s := realSealer(f, "household-1", 1, 2)
	s.nonce = Fixed("household-1").nonce // the fuzzer's processes must agree on what was sealed
	known := map[string]string{}
	for _, clear := range []string{"", "19900000000", "990101199001011234", "慢性病"} {
		v := mustSeal(f, Fixed("household-1"), "f", clear)
		f.Add(v)
		real := mustSeal(f, s, "f", clear)
		known[real] = clear
		f.Add(real)
	}
	f.Add("k1." + base64.RawURLEncoding.EncodeToString(make([]byte, overhead)))
	f.Fuzz(func(t *testing.T, sealed string) {
		got, err := s.Open("f", sealed)
		if err != nil {
			return
		}
		if want, ours := known[sealed]; !ours || want != got {
			t.Fatalf("a value nobody sealed opens: %q as %q", sealed, got)
		}
		if !IsSealed(sealed) {
			t.Fatalf("%q opens but is not sealed", sealed)
		}
	})
}

package web

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"shouwang/api/issuer"
)

// unified is a unified login in this process, at which one person is logged in.
type unified struct {
	*httptest.Server
	t       *testing.T
	key     *ecdsa.PrivateKey
	now     func() time.Time
	subject string
	asked   url.Values        // as the browser came last
	claims  map[string]any    // of the next token, instead of the right ones
	signer  *ecdsa.PrivateKey // of the next token, instead of the right one
}

const client, clientSecret = "shouwang", "a-secret-of-two"

func newUnified(t *testing.T, now func() time.Time) *unified {
	u := &unified{t: t, key: must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t), now: now, subject: "u-17"}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": u.URL, "authorization_endpoint": u.URL + "/authorise", "token_endpoint": u.URL + "/token", "jwks_uri": u.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: u.key.Public(), KeyID: "k", Algorithm: "ES256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		id, secret, _ := r.BasicAuth()
		if u.asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) || r.PostFormValue("code") != "the-code" || id != client || secret != clientSecret || r.PostFormValue("redirect_uri") != u.asked.Get("redirect_uri") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]string{"error": "invalid_grant"})
			return
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": u.token()})
	})
	u.Server = httptest.NewServer(mux)
	t.Cleanup(u.Close)
	return u
}

func (u *unified) token() string {
	claims := map[string]any{"iss": u.URL, "aud": client, "sub": u.subject, "nonce": u.asked.Get("nonce"), "iat": u.now().Unix(), "exp": u.now().Add(time.Minute).Unix()}
	for name, value := range u.claims {
		claims[name] = value
	}
	key := u.key
	if u.signer != nil {
		key = u.signer
	}
	signer := must(jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil))(u.t)
	return must(must(signer.Sign(must(json.Marshal(claims))(u.t)))(u.t).CompactSerialize())(u.t)
}

// goes takes the browser to the unified login and returns the address at which
// it comes back.
func (u *unified) goes(b *browser, to string) string {
	u.t.Helper()
	got := b.get("/login/unified?to=" + url.QueryEscape(to))
	at := must(url.Parse(got.header.Get("Location")))(u.t)
	if got.status != http.StatusSeeOther || !strings.HasPrefix(at.String(), u.URL+"/authorise?") {
		u.t.Fatalf("sent to %q: %d", at, got.status)
	}
	u.asked = at.Query()
	return "/login/unified/return?" + url.Values{"state": {u.asked.Get("state")}, "code": {"the-code"}}.Encode()
}

func withUnified(t *testing.T) (*town, *unified) {
	p := newTown(t)
	u := newUnified(t, p.clock)
	p.site.Issuer = issuer.New(issuer.Config{Address: u.URL, Client: client, Secret: clientSecret, Now: p.clock})
	return p, u
}

// A person whom the unified login knows is refused until the system administrator
// links him, and again when his account is closed or the link has ended.
func TestSomebodyComesInByTheUnifiedLogin(t *testing.T) {
	t.Parallel()
	p, u := withUnified(t)
	if got := p.browser().get("/login").body; !strings.Contains(got, "统一身份认证登录") {
		t.Error("the login page does not offer it")
	}
	b := p.browser()
	if got := b.get(u.goes(b, "/ledger")); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "没有与之对应的账户") || !strings.Contains(got.body, "u-17") {
		t.Errorf("a stranger: %d %s", got.status, got.body)
	}
	admin, at := p.as("system_administrator"), "/admin/accounts/"+p.account("village")
	if got := admin.post(at+"/subject", "subject", "u-17"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := admin.post("/admin/accounts/"+p.victim+"/subject", "subject", "u-17"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "已绑定") {
		t.Errorf("linked twice: %d", got.status)
	}
	back := u.goes(b, "/ledger")
	if u.asked.Get("code_challenge_method") != "S256" || u.asked.Get("nonce") == "" || u.asked.Get("state") == "" || u.asked.Get("scope") != "openid" || u.asked.Get("client_id") != client {
		t.Errorf("asked with %v", u.asked)
	}
	if got := b.get(back); got.status != http.StatusSeeOther || got.header.Get("Location") != "/ledger" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := b.get("/ledger"); got.status != http.StatusOK {
		t.Errorf("and yet not in: %d", got.status)
	}
	if got := p.browser().get(back); got.status != http.StatusUnauthorized {
		t.Errorf("another browser comes back with it: %d", got.status)
	}
	if got := p.types("village"); !strings.HasSuffix(got, "account.subject_linked login.succeeded") {
		t.Error(got)
	}
	admin.post(at+"/closing", "reason", "调离")
	if got := b.get("/ledger"); got.status != http.StatusSeeOther {
		t.Errorf("closed, and still in: %d", got.status)
	}
	if got := b.get(u.goes(b, "/")); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "已停用") {
		t.Errorf("a closed account lets in: %d", got.status)
	}
	admin.post(at+"/reopening", "reason", "回任")
	if got := admin.post(at+"/subject/removal", "reason", "换了统一身份"); got.status != http.StatusSeeOther {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := b.get(u.goes(b, "/")); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "没有与之对应的账户") {
		t.Errorf("the link has ended: %d", got.status)
	}
}

// Nothing but the right answer to one's own question lets anybody in.
func TestTheUnifiedLoginIsNotBelievedBlindly(t *testing.T) {
	t.Parallel()
	p, u := withUnified(t)
	p.as("system_administrator").post("/admin/accounts/"+p.account("village")+"/subject", "subject", "u-17")
	refused := func(name string, b *browser, back string) {
		t.Helper()
		if got := b.get(back); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "没有通过或已过期") {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
		if got := b.get("/ledger"); got.status != http.StatusSeeOther {
			t.Errorf("%s, and yet in: %d", name, got.status)
		}
	}
	stranger := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	for name, claims := range map[string]map[string]any{
		"another's nonce": {"nonce": "n"}, "for another program": {"aud": "other"}, "of another issuer": {"iss": "https://evil.example"}, "expired": {"exp": p.clock().Add(-time.Hour).Unix()}, "signed by a stranger": nil,
	} {
		b := p.browser()
		back := u.goes(b, "/")
		if u.claims = claims; claims == nil {
			u.signer = stranger
		}
		refused(name, b, back)
		u.claims, u.signer = nil, nil
	}
	for name, change := range map[string]func(url.Values){
		"another's state": func(q url.Values) { q.Set("state", "x") }, "another's code": func(q url.Values) { q.Set("code", "x") },
		"given up there": func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") },
	} {
		b := p.browser()
		q := must(url.Parse(u.goes(b, "/")))(t).Query()
		change(q)
		refused(name, b, "/login/unified/return?"+q.Encode())
	}
	refused("never sent there", p.browser(), "/login/unified/return?state=&code=the-code")
	b := p.browser()
	u.goes(b, "https://evil.example/")
	if got := b.get("/login/unified/return?" + url.Values{"state": {u.asked.Get("state")}, "code": {"the-code"}}.Encode()); got.header.Get("Location") != "/" {
		t.Errorf("sent on to %q", got.header.Get("Location"))
	}
	u.Close()
	p.site.Issuer = issuer.New(issuer.Config{Address: u.URL, Client: client, Now: p.clock})
	if got := p.browser().get("/login/unified"); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "暂时无法使用") {
		t.Errorf("nobody answers there: %d %s", got.status, got.body)
	}
}

func TestWithoutAUnifiedLoginThereIsNone(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	for _, path := range []string{"/login/unified", "/login/unified/return"} {
		if got := p.browser().get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if got := p.browser().get("/login").body; strings.Contains(got, "统一身份认证") {
		t.Error("the login page offers it")
	}
}

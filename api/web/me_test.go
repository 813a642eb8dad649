package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"
)

// account is the id of the account with the login.
func (p *town) account(login string) string {
	p.t.Helper()
	for _, a := range p.site.Accounts.All() {
		if a.Login == login {
			return a.Account
		}
	}
	p.t.Fatalf("nobody has the login %s", login)
	return ""
}

var secretIn = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)

// The code that a phone scans is that of the key beside it, also after a typing
// error, when the phone has it already.
func TestAPhoneScansItsKey(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	body := b.get("/me").body
	found := secretIn.FindStringSubmatch(body)
	if found == nil {
		t.Fatal("no key is offered")
	}
	device := must(p.site.Accounts.SameFactor(p.account("village"), found[1]))(t)
	address := must(url.Parse(device.Address))(t)
	if q := address.Query(); address.Scheme != "otpauth" || address.Host != "totp" || q.Get("secret") != found[1] || q.Get("issuer") != "Shouwang" || !strings.HasSuffix(address.Path, ":village") {
		t.Errorf("phones are told %s", device.Address)
	}
	_, path, err := modules(device.Address)
	if err != nil {
		t.Fatal(err)
	}
	drawn := func(body string) bool { return strings.Contains(html.UnescapeString(body), `d="`+path+`"`) }
	if !drawn(body) {
		t.Error("the code drawn is not that of the key")
	}
	if got := b.post("/me/factor", "secret", found[1], "code", "000000"); got.status != http.StatusUnprocessableEntity || !drawn(got.body) {
		t.Errorf("after a typing error: %d, or another code", got.status)
	}
	for _, none := range []string{"", "short", strings.Repeat("A", 400), "not base32!"} {
		if got := b.post("/me/factor", "secret", none, "code", "000000"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "sw-qr") {
			t.Errorf("%q as a key: %d", none, got.status)
		}
	}
	code := must(totp.GenerateCode(found[1], p.clock()))(t)
	if got := b.post("/me/factor", "secret", found[1], "code", code); got.status != http.StatusSeeOther {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := b.get("/me").body; strings.Contains(got, "sw-qr") {
		t.Error("a device in use still shows a code to scan")
	}
}

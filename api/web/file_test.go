package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestPersonalDataAreMaskedUntilSomebodySaysWhy(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	const number, phone = "99010119680412015", "13812341234"
	b := p.as("village")
	got := b.get("/households/" + p.own)
	if got.status != http.StatusOK || strings.Contains(got.body, number) || strings.Contains(got.body, phone) {
		t.Errorf("%d: shown in clear", got.status)
	}
	for _, want := range []string{"9901**********015", "138****1234", "柳桂芳"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("lacks %s", want)
		}
	}
	address := "/households/" + p.own + "/personal"
	if got := b.post(address, "member", "m1", "reason", ""); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, phone) {
		t.Errorf("without a reason: %d", got.status)
	}
	if got := b.post(address, "member", "m9", "reason", "核对"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("nobody's: %d", got.status)
	}
	got = b.post(address, "member", "m1", "reason", "核对比对疑点")
	if got.status != http.StatusOK || !strings.Contains(got.body, number) || !strings.Contains(got.body, phone) {
		t.Errorf("with a reason: %d", got.status)
	}
	if types := p.types("village"); strings.Count(types, "personal.shown") != 1 {
		t.Error(types)
	}
	for login, sees := range map[string]bool{"auditor": false, "department": false, "discipline": true, "county": true} {
		for _, path := range []string{"/ledger", "/households/" + p.own} {
			got := p.as(login).get(path)
			if strings.Contains(got.body, "柳桂芳") != sees || strings.Contains(got.body, "柳*芳") == sees {
				t.Errorf("%s at %s sees the name: want %v", login, path, sees)
			}
		}
	}
	trail := p.as("audit_administrator").get("/admin/accounts/" + p.idOf("village") + "/trail").body
	if !strings.Contains(trail, "核对比对疑点") || strings.Contains(trail, p.own) || strings.Contains(trail, "柳桂芳") {
		t.Error("the trail tells too little or too much")
	}
}

func (p *town) idOf(login string) string {
	p.t.Helper()
	for _, a := range p.site.Accounts.All() {
		if a.Login == login {
			return a.Account
		}
	}
	p.t.Fatalf("no account %s", login)
	return ""
}

func TestTheLedgerIsSearched(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	for query, found := range map[string]bool{
		"": true, "?text=柳桂": true, "?text=lgf": true, "?text=%E9%82%B9": false, "?stage=monitored": false, "?region=" + township: true,
		"?unconfirmed=1": false, "?column=kind&column=persons": true, "?limit=100": true, "?limit=9999": true, "?text=" + strings.Repeat("x", 500): false,
	} {
		got := b.get("/ledger" + query)
		if got.status != http.StatusOK || strings.Contains(got.body, "柳桂芳") != found || strings.Contains(got.body, "邹小满") {
			t.Errorf("%.40s: %d, want found %v", query, got.status, found)
		}
	}
	if got := b.get("/ledger?after=%3C"); got.status == http.StatusOK {
		t.Error("a made-up cursor was taken")
	}
	for _, hostile := range []string{`"><script>alert(1)</script>`, `'; drop table x`} {
		got := b.get("/ledger?text=" + strings.ReplaceAll(hostile, " ", "+"))
		if got.status != http.StatusOK || strings.Contains(got.body, "<script>alert") {
			t.Errorf("%s: %d", hostile, got.status)
		}
	}
}

package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/prometheus/client_golang/prometheus"

	"shouwang/api/messages"
	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/commands/accounts/sessions"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
)

const (
	province, county, township, village = "60", "629900", "629900101", "629900101201"
	elsewhere, foreignVillage           = "639900", "639900101201"
	secret                              = "Kx7-quiet-river"
)

// people are one person of each kind of user, by login.
var people = map[string]office.Appointed{
	"village":          {Office: "v", Capacity: code.VillageCadre, Post: "村文书"},
	"township":         {Office: "t", Capacity: code.TownshipReviewer, Post: "副镇长"},
	"county":           {Office: "c", Capacity: code.CountyOfficer, Post: "股长"},
	"department":       {Office: "c", Capacity: code.DepartmentOfficer, Post: "医保局干部"},
	"paired":           {Office: "c", Capacity: code.PairedCadre, Post: "结对干部"},
	"discipline":       {Office: "c", Capacity: code.Inspector, Post: "纪委干部"},
	"notice_inspector": {Office: "c", Capacity: code.NoticeInspector, Post: "公示检查员"},
	"auditor":          {Office: "c", Capacity: code.Auditor, Post: "审计局干部"},
}

// administrators are the three, by login.
var administrators = map[string]account.Duty{"system_administrator": account.System, "security_administrator": account.Security, "audit_administrator": account.Audit}

// town is a county with one village and people of every kind, and another
// county, with all pages before them.
type town struct {
	t         *testing.T
	site      *site
	http      *httptest.Server
	handler   *commands.Handler
	followers *projections.Followers
	own       string // a household in the village
	foreign   string // one in the other county
	victim    string // an account that administrators act on

	fund, check string            // of the village, once papers were filed away
	studies     map[string]string // the study of the place that a paper with the id lies in

	mu  sync.Mutex
	now time.Time
	n   int
}

func (p *town) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *town) passes(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

func newTown(t *testing.T) *town {
	p := &town{t: t, now: calendar.MustDay("2023-04-03").Start().Add(9 * time.Hour)}
	ctx, pool := t.Context(), pgtest.Pool(t)
	log := memlog.New(p.clock)
	keys := must(sealing.Open(ctx, sealing.Config{Pool: pool, MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")}))(t)
	info := must(commands.OpenLog(ctx, log, act.DemonstrationClock, "test"))(t)
	directory := commands.NewDirectory(log)
	if err := directory.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	files := must(attachments.New(attachments.Config{Pool: pool, Master: keys.Master(), Folder: t.TempDir()}))(t)
	p.handler = commands.New(commands.Config{Log: log, Keys: keys, Directory: directory, Clock: p.clock, Attachments: files})
	p.settle()
	cheap := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	people := must(accounts.New(accounts.Config{Log: log, Keys: keys, Directory: directory, Clock: p.clock, Cost: cheap}))(t)
	register := projections.RegisterConfig{Hash: keys.Hash, Sealers: func(ctx context.Context, subjects []string) (map[string]wire.Sealer, error) {
		found, err := keys.ExistingMany(ctx, subjects)
		return maps.Collect(func(yield func(string, wire.Sealer) bool) {
			for subject, s := range found {
				if !yield(subject, s) {
					return
				}
			}
		}), err
	}}
	p.follow(projections.Config{Log: log, LogID: info.Log, Pool: pool, Now: p.clock, Metrics: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler),
		Followers: []projections.Follower{projections.Register(register), projections.Owed(p.pack), projections.Papers(), projections.Notices(), projections.Funds(), projections.Discovery(register.Sealers), projections.Doers()}})
	site, pages := build(Config{Handler: p.handler, Accounts: people, Sessions: sessions.New(pool), Explain: explained, Logger: slog.New(slog.DiscardHandler),
		Files: files, Seen: p.seen, Notifications: messages.NewNotifications(pool, directory.Pack),
		Reads: Reads{Register: projections.NewLedger(pool, register), History: projections.NewHistorian(log, nil), Owed: projections.NewOwedList(pool), Papers: projections.NewPaperDesk(pool), Notices: projections.NewNoticeboard(pool), Funds: projections.NewFundBook(pool), Discoveries: projections.NewDiscoveries(pool), Doings: projections.NewDoings(pool)}})
	p.site, p.http = site, httptest.NewServer(pages)
	t.Cleanup(p.http.Close)
	p.populate()
	return p
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// explained stands for the API's texts.
func explained(_ context.Context, err error) Explained {
	var refusal *policy.Refusal
	switch {
	case errors.Is(err, projections.ErrNotFound):
		return Explained{Status: http.StatusNotFound, Rule: "read.not-found"}
	case !errors.As(err, &refusal):
		return Explained{Status: http.StatusInternalServerError, ZH: err.Error()}
	}
	status := map[policy.Rule]int{policy.AccessDenied: http.StatusForbidden, policy.SessionMissing: http.StatusUnauthorized, "route.unknown": http.StatusNotFound,
		policy.LoginRefused: http.StatusUnauthorized, policy.AccountUnknown: http.StatusNotFound, policy.LinkInvalid: http.StatusGone}[refusal.Rule]
	if status == 0 {
		status = http.StatusUnprocessableEntity
	}
	return Explained{Status: status, Rule: string(refusal.Rule), ZH: refusal.Reason, EN: string(refusal.Rule)}
}

func (p *town) pack(_ context.Context, sum string) (policy.Pack, error) {
	pack, ok := p.handler.Directory.PackBySum(sum)
	if !ok {
		return pack, errors.New("no such pack")
	}
	return pack, nil
}

func (p *town) follow(c projections.Config) {
	p.followers = must(projections.New(p.t.Context(), c))(p.t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := p.followers.Run(ctx); err != nil {
			p.t.Error(err)
		}
	}()
	p.t.Cleanup(func() { stop(); <-done })
}

func (p *town) request(person string) commands.Request {
	p.n++
	return commands.Request{Key: "k" + time.Duration(p.n).String(), By: person, Channel: "test"}
}

// settle sets up regions, offices, people and the pack.
func (p *town) settle() {
	p.t.Helper()
	from := calendar.MustDay("2021-01-01")
	enter := func(by string, e office.Event) {
		p.t.Helper()
		must(p.handler.Office(p.t.Context(), p.request(by), e))(p.t)
	}
	for _, e := range []office.Event{
		office.RegionEstablished{Code: province, Name: "示例省", Level: code.Province, From: from},
		office.RegionEstablished{Code: county, Name: "守望县", Level: code.County, Parent: province, From: from},
		office.RegionEstablished{Code: township, Name: "柳河镇", Level: code.Township, Parent: county, From: from},
		office.RegionEstablished{Code: village, Name: "柳湾村", Level: code.Village, Parent: township, From: from},
		office.RegionEstablished{Code: elsewhere, Name: "邻县", Level: code.County, Parent: province, From: from},
		office.RegionEstablished{Code: foreignVillage, Name: "邻村", Level: code.Village, Parent: elsewhere, From: from},
		office.Established{Office: "p", Region: province, Level: code.Province, Name: "省乡村振兴局", From: from},
		office.Established{Office: "v", Region: village, Level: code.Village, Name: "柳湾村村民委员会", From: from},
		office.Established{Office: "t", Region: township, Level: code.Township, Name: "柳河镇人民政府", From: from},
		office.Established{Office: "c", Region: county, Level: code.County, Name: "县乡村振兴局", From: from},
		office.Established{Office: "f", Region: foreignVillage, Level: code.Village, Name: "邻村村民委员会", From: from},
	} {
		enter("setup", e)
	}
	text := must(packs.Text("county-2023"))(p.t)
	for _, region := range []string{county, elsewhere} {
		must(p.handler.Policy(p.t.Context(), p.request("setup"), policy.Adopted{Region: region, Text: string(text)}))(p.t)
	}
	appoint := func(person string, a office.Appointed) {
		p.t.Helper()
		a.Appointment, a.Person, a.Name, a.From = "a-"+person, person, person, from
		enter("province", a)
	}
	appoint("province", office.Appointed{Office: "p", Capacity: code.CountyOfficer, Post: "处长"}) // he appoints the others
	appoint("neighbour", office.Appointed{Office: "f", Capacity: code.VillageCadre, Post: "村文书"})
	for person, a := range people {
		appoint(person, a)
	}
}

// populate enters two households and opens everybody's account.
func (p *town) populate() {
	p.t.Helper()
	ctx := p.t.Context()
	p.own = p.register("village", village, "柳桂芳")
	p.foreign = p.register("neighbour", foreignVillage, "邹小满")
	for login, a := range people {
		p.opens(accounts.Opening{Login: login, Person: login, Name: a.Post})
	}
	for login, duty := range administrators {
		p.opens(accounts.Opening{Login: login, Name: login, Duty: duty})
	}
	p.victim = p.opens(accounts.Opening{Login: "victim", Name: "某人"})
	p.seen(ctx, must(p.handler.Log.End(ctx))(p.t))
}

// seen waits until the lists show what stands at the position.
func (p *town) seen(ctx context.Context, at eventlog.Position) {
	receipt := p.followers.Receipt(at)
	for _, model := range []string{projections.RegisterName, projections.OwedName, projections.PapersName, projections.NoticesName, projections.FundsName, projections.DiscoveryName, projections.DoersName} {
		for {
			err := p.followers.Await(ctx, model, receipt)
			if err == nil || ctx.Err() != nil {
				break
			}
			if !errors.Is(err, projections.ErrNotYet) {
				p.t.Error(err)
				return
			}
		}
	}
}

func (p *town) opens(o accounts.Opening) string {
	p.t.Helper()
	id := must(p.site.Accounts.Open(p.t.Context(), accounts.By{Channel: "cli"}, o))(p.t)
	if err := p.site.Accounts.GivePassword(p.t.Context(), accounts.By{Channel: "cli"}, id, secret, false); err != nil {
		p.t.Fatal(err)
	}
	return id
}

func (p *town) register(by, region, head string) string {
	p.t.Helper()
	id := code.MakeIDNumber("990101", calendar.MustDay("1968-04-12"), 15)
	r := p.request(by)
	household := household.RegisterHousehold{Region: region, Group: "一组", Kind: code.Ordinary, Members: []household.Member{{
		ID: "m1", Name: head, Sex: "2", IDNumber: code.Personal(id), Birth: calendar.MustDay("1968-04-12"), Relation: "head", Labour: "ordinary",
		Registered: true, Living: true, Counted: true, Phone: "13812341234"}}}
	stream := commands.NewID(by, r.Key)
	must(p.handler.Household(p.t.Context(), r, stream, household))(p.t)
	return stream
}

// browser is somebody's browser; it follows no redirects by itself.
type browser struct {
	*town
	client *http.Client
}

func (p *town) browser() *browser {
	jar := must(cookiejar.New(nil))(p.t)
	return &browser{p, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as is a browser in which somebody has logged in.
func (p *town) as(login string) *browser {
	p.t.Helper()
	b := p.browser()
	if got := b.post("/login", "login", login, "password", secret); got.status != http.StatusSeeOther {
		p.t.Fatalf("%s is not let in: %d %s", login, got.status, got.body)
	}
	return b
}

type page struct {
	status int
	header http.Header
	body   string
}

func (b *browser) send(method, path, body string) page {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.http.URL+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if raw := unrendered.Find(text); raw != nil && strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		b.t.Errorf("%s shows %s", path, raw)
	}
	return page{answer.StatusCode, answer.Header, string(text)}
}

// unrendered is a part of a page that was taken for text.
var unrendered = regexp.MustCompile(`@[a-z]\w+\(`)

func (b *browser) get(path string) page { b.t.Helper(); return b.send(http.MethodGet, path, "") }

func (b *browser) post(path string, pairs ...string) page {
	b.t.Helper()
	form := url.Values{"nothing": {""}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, form.Encode())
}

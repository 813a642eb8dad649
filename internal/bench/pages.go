package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands/sealing"
)

// pageUsers look at pages at the same time.
const pageUsers = queryClients

// PageParts are what a site of pages is made of, in a database of the bench's own.
type PageParts struct {
	Pool *pgxpool.Pool
	// Conn connects the record as the pool connects the read models.
	Conn *pgx.ConnConfig
	Keys *sealing.Keys
}

// PageSite is the pages over a whole county, ready to be looked at.
type PageSite struct {
	Server *http.Server
	// Login and Password let a county official in.
	Login, Password string
	// Households are ids of files to look at.
	Households []string
	Close      func() error
}

// pages measures how long a person waits for a page, beside what its statements
// take by themselves: as many connections, nothing decoded, nothing rendered.
func (r *run) pages(ctx context.Context) (err error) {
	if r.Pages == nil {
		r.Say("没有页面可测")
		return nil
	}
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	spy := &spy{}
	pool, err := d.Pool(ctx, 2*pageUsers, func(c *pgxpool.Config) { c.ConnConfig.Tracer = spy })
	if err != nil {
		return err
	}
	defer pool.Close()
	keys, done, err := d.openKeys(ctx)
	if err != nil {
		return err
	}
	defer done()
	conn := d.App()
	conn.Tracer = spy
	site, err := r.Pages(ctx, PageParts{Pool: pool, Conn: conn, Keys: keys})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	if err := d.executeAs(ctx, r.server.owner, "vacuum analyze"); err != nil {
		return err
	}
	if err := r.server.settle(ctx); err != nil {
		return err
	}
	door, err := openDoor(site.Server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, door.close()) }()
	cookie, err := door.login(ctx, site.Login, site.Password)
	if err != nil {
		return err
	}
	ledgers := []string{"/ledger", "/ledger?class=sudden", "/ledger?stage=monitored&limit=50", "/ledger?text=lgf"}
	for _, p := range []struct {
		name string
		path func(n int) string
	}{
		{"台账页", func(n int) string { return ledgers[n%len(ledgers)] }},
		{"档案页", func(n int) string { return "/households/" + site.Households[n%len(site.Households)] }},
	} {
		if err := r.pageBeside(ctx, d, door, cookie, spy, p.name, p.path); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// pageBeside measures one kind of page.
func (r *run) pageBeside(ctx context.Context, d *Database, door *door, cookie string, spy *spy, name string, path func(n int) string) error {
	first, err := door.visitor(ctx, path, cookie)
	if err != nil {
		return err
	}
	defer func() { _ = first.conn.Close() }()
	var scripts [questions][]statement
	for n := range scripts {
		if scripts[n], err = spy.during(func() error { return first.ask(n) }); err != nil {
			return err
		}
	}
	bare, err := d.Pool(ctx, pageUsers, nil)
	if err != nil {
		return err
	}
	defer bare.Close()
	samples, err := r.interleave(ctx, true,
		inMillis(door.cell(r, path, cookie)),
		inMillis(cell{name: "bare statements", measure: func(ctx context.Context) (sample, error) {
			return drive(ctx, pageUsers, r.Each, func(ctx context.Context, client, n int) error { return replay(ctx, bare, scripts[spread(client, n)]) })
		}}))
	if err != nil {
		return err
	}
	statements := 0
	for _, s := range scripts {
		statements += len(s)
	}
	r.add(Row{Bench: Pages, Case: name + ",平均用时", Beside: "其语句本身", Unit: unitMillis, Reach: 4, AtMost: true,
		Notes: fmt.Sprintf("示范县,%d 人同时,每页平均 %s 条语句", pageUsers, trim(float64(statements)/questions))}, samples[0], samples[1])
	return nil
}

// inMillis turns a rate of all clients into the time that one of them waits.
func inMillis(c cell) cell {
	rate := c.measure
	c.measure = func(ctx context.Context) (sample, error) {
		s, err := rate(ctx)
		if err == nil && s.value > 0 {
			s.value = pageUsers / s.value * float64(time.Second/time.Millisecond)
		}
		return s, err
	}
	return c
}

// replay sends the statements of one page again and reads their rows as they come.
func replay(ctx context.Context, pool *pgxpool.Pool, statements []statement) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("a connection for the page's statements: %w", err)
	}
	defer conn.Release()
	for _, s := range statements {
		rows, err := conn.Query(ctx, s.sql, s.args...)
		if err != nil {
			return fmt.Errorf("%s: %w", s.sql, err)
		}
		for rows.Next() {
			_ = rows.RawValues() // read, not decoded
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("%s: %w", s.sql, err)
		}
	}
	return nil
}

// login lets one person in and returns the header that says so.
func (d *door) login(ctx context.Context, name, password string) (header string, err error) {
	form := strings.NewReader(url.Values{"login": {name}, "password": {password}}.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+d.listener.Addr().String()+"/login", form)
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("log in: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	for _, c := range answer.Cookies() {
		header += "Cookie: " + c.Name + "=" + c.Value + "\r\n"
	}
	if answer.StatusCode != http.StatusSeeOther || header == "" {
		return "", fmt.Errorf("%s was not let in: %s", name, answer.Status)
	}
	return header, nil
}

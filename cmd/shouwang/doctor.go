package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"shouwang/api/web"
)

// errUnhealthy is an answer that says itself what is wrong: the exit code is
// all that is left to add.
var errUnhealthy = errors.New("something is wrong, see the answer")

// finding is how one check ended.
type finding string

const (
	fine  finding = "ok"
	note  finding = "note"  // nothing is wrong, but one should know
	wrong finding = "wrong" // exit code 1
)

var marks = map[finding]string{fine: "✓", note: "!", wrong: "✗"}

// check is one sentence of the doctor, in both languages.
type check struct {
	Name  string  `json:"name"`
	State finding `json:"state"`
	ZH    string  `json:"zh"`
	EN    string  `json:"en"`
}

// diagnosis is the doctor's answer.
type diagnosis struct {
	OK            bool    `json:"ok"`
	Demonstration bool    `json:"demonstration"`
	Checks        []check `json:"checks"`
}

func (d *diagnosis) add(name string, state finding, zh, en string) {
	d.Checks = append(d.Checks, check{name, state, zh, en})
}

// when adds a check that is fine or wrong.
func (d *diagnosis) when(name string, ok bool, zh, en, notZH, notEN string) {
	if ok {
		d.add(name, fine, zh, en)
		return
	}
	d.add(name, wrong, notZH, notEN)
}

// failed adds a check that could not be made, or failed with an error.
func (d *diagnosis) failed(name string, err error) {
	r := remedyFor(err)
	zh, en := r.zh, r.en
	if r.err != nil {
		zh += ":" + r.err.Error()
	}
	if len(r.do) > 0 {
		en += "; " + strings.Join(r.do, " ")
	}
	d.add(name, wrong, zh, en)
}

func newDoctorCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "doctor", Short: "体检：数据库、密钥、台账、磁盘 (check the database, keys, read models, disk)",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.doctor(c.Context()) },
	}
	p.jsonFlag(c)
	return c
}

// doctor looks at everything and changes nothing: it neither migrates nor
// follows nor makes a key.
func (p *program) doctor(ctx context.Context) (err error) {
	d := &diagnosis{Checks: []check{}}
	a, err := p.examine(ctx, d)
	if a != nil {
		defer func() { err = errors.Join(err, a.close()) }()
	}
	if err != nil {
		return err
	}
	d.OK = true
	for _, c := range d.Checks {
		d.OK = d.OK && c.State != wrong
	}
	if p.asJSON {
		err = p.printJSON(d)
	} else {
		err = p.printDiagnosis(d)
	}
	if err == nil && !d.OK {
		err = errUnhealthy
	}
	return err
}

func (p *program) printDiagnosis(d *diagnosis) error {
	for _, c := range d.Checks {
		if err := p.print("%s %s (%s)", marks[c.State], c.ZH, c.EN); err != nil {
			return err
		}
	}
	if d.OK {
		return p.print("没有发现问题 (nothing is wrong)")
	}
	return p.print("有问题需要处理 (something is wrong)")
}

// selfCheck is the same for the pages (系统自检).
func (p *program) selfCheck(ctx context.Context) (found []web.Check, err error) {
	d := &diagnosis{}
	a, err := p.examine(ctx, d)
	if a != nil {
		defer func() { err = errors.Join(err, a.close()) }()
	}
	for _, c := range d.Checks {
		found = append(found, web.Check{State: web.CheckState(c.State), ZH: c.ZH, EN: c.EN})
	}
	return found, err
}

// examine makes the checks one after the other, as far as each can be made. It
// returns the app that must be closed, if it came that far.
func (p *program) examine(ctx context.Context, d *diagnosis) (*app, error) {
	p.examineFolder(d)
	a := &app{program: p, clock: newClock(), logger: p.logger()}
	var err error
	if a.place, err = p.openPlace(ctx, false); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("examine: %w", err)
		}
		d.failed("postgres", err)
		return nil, nil
	}
	a.onClose(a.place.close)
	if err := a.examineServer(ctx, d); err != nil {
		d.failed("postgres", err)
		return a, nil
	}
	some, err := p.recordIn(ctx, a.place)
	if err != nil {
		d.failed("record", err)
		return a, nil
	}
	if !some {
		d.add("record", note, "还没有记录", "there is no record yet; run shouwang demo or shouwang serve")
		return a, nil
	}
	if err := a.examineRecord(ctx, d); err != nil {
		d.failed("record", err)
	}
	return a, nil
}

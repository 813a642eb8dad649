package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"shouwang/projections"
)

// rebuilt is one read model made anew.
type rebuilt struct {
	Model   string  `json:"model"`
	Records int64   `json:"records"`
	Seconds float64 `json:"seconds"`
}

// phases of a rebuild, for the person who waits.
var phases = map[projections.Phase]string{
	projections.Building: "读取记录、写入 (building)", projections.Indexing: "建索引 (indexing)",
	projections.CatchingUp: "追平 (catching up)", projections.Done: "完成 (done)",
}

func newRebuildCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "rebuild [MODEL...]", Short: "由记录重建台账，可在服务运行时进行 (make read models anew, also beside a running server)",
		RunE: func(c *cobra.Command, names []string) error {
			return p.use(c.Context(), func(ctx context.Context, a *app) error { return a.rebuild(ctx, c.CommandPath(), names) })
		},
	}
	p.jsonFlag(c)
	return c
}

func (a *app) rebuild(ctx context.Context, command string, names []string) error {
	var all []string
	for _, follower := range a.models.followers {
		if _, ok := follower.(projections.Model); ok {
			all = append(all, follower.Name())
		}
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			return usagef(command, "没有台账 (no read model) %q;现有 (there are): %s", name, strings.Join(all, " "))
		}
	}
	if len(names) == 0 {
		names = all
	}
	var done []rebuilt
	for _, name := range names {
		r, err := a.rebuildOne(ctx, name)
		if err != nil {
			return err
		}
		done = append(done, r)
		if !a.asJSON {
			if err := a.print("%s 已由 %d 条记录重建，用时 %.1f 秒 (rebuilt)", r.Model, r.Records, r.Seconds); err != nil {
				return err
			}
		}
	}
	if a.asJSON {
		return a.printJSON(struct {
			Demonstration bool      `json:"demonstration"`
			Rebuilt       []rebuilt `json:"rebuilt"`
		}{a.info.Demonstration(), done})
	}
	return nil
}

func (a *app) rebuildOne(ctx context.Context, name string) (rebuilt, error) {
	total, err := a.records(ctx)
	if err != nil {
		return rebuilt{}, err
	}
	began := time.Now()
	bar := a.progress("重建 (rebuilding) "+name, total)
	r := rebuilt{Model: name}
	phase := projections.Building
	err = a.followers.Rebuild(ctx, name, func(now projections.Phase, records int64) {
		if now != phase && now != projections.Done {
			bar.now("重建 (rebuilding) " + name + "," + phases[now])
			phase = now
		}
		r.Records = records
		bar.at(records)
	})
	if err != nil {
		return r, err
	}
	bar.end()
	r.Seconds = time.Since(began).Seconds()
	return r, nil
}

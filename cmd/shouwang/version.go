package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// build is what this program was made from.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitzero"`
	Time     string `json:"time,omitzero"`
	Modified bool   `json:"modified,omitzero"` // the sources differed from the commit
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func thisBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func newVersionCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "version", Short: "程序版本 (what this program was built from)",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			b := thisBuild()
			if p.asJSON {
				return p.printJSON(b)
			}
			modified := ""
			if b.Modified {
				modified = ",有未提交的修改 (modified)"
			}
			if b.Commit != "" {
				return p.print("shouwang %s，提交 (commit) %s %s%s，%s %s", b.Version, b.Commit, b.Time, modified, b.Go, b.Platform)
			}
			return p.print("shouwang %s,%s %s", b.Version, b.Go, b.Platform)
		},
	}
	p.jsonFlag(c)
	return c
}

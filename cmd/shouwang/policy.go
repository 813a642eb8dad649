package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/domain/policy/tell"
)

func newPolicyCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "policy", Short: "政策包：检查、显示、比较 (policy packs: check, show, compare)",
		Args: usageArgs(cobra.NoArgs), RunE: showHelp,
	}
	c.AddCommand(
		p.policyCommand("list", "随程序提供的政策包 (the packs that come with the program)", 0, p.listPacks),
		p.policyCommand("show NAME", "逐条显示一个政策包,NAME 为名称或文件 (a pack in sentences; NAME is a name or a file)", 1, p.showPack),
		p.policyCommand("check FILE", "检查政策包文件,- 为标准输入 (check a pack's file; - is standard input)", 1, p.checkPack),
		p.policyCommand("diff A B", "比较两个政策包，名称或文件 (compare two packs, names or files)", 2, p.diffPacks),
	)
	return c
}

func (p *program) policyCommand(use, short string, args int, run func([]string) error) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: usageArgs(cobra.ExactArgs(args)),
		RunE: func(_ *cobra.Command, args []string) error { return run(args) }}
	p.jsonFlag(c)
	return c
}

// packInList is a pack as the list shows it.
type packInList struct {
	Name      string       `json:"name"`
	Version   string       `json:"version"`
	Title     string       `json:"title"`
	Issuer    string       `json:"issuer"`
	ValidFrom calendar.Day `json:"valid_from"`
	SHA256    string       `json:"sha256"`
}

func (p *program) listPacks([]string) error {
	var all []packInList
	for _, name := range packs.Names() {
		pack, err := p.readPack(name)
		if err != nil {
			return err
		}
		all = append(all, packInList{pack.Name, pack.Version, pack.Title, pack.Issuer, pack.ValidFrom, pack.SHA256})
	}
	if p.asJSON {
		return p.printJSON(all)
	}
	for _, pack := range all {
		if err := p.print("%s 第%s版 《%s》，%s，自%s起，校验值 %s…", pack.Name, pack.Version, pack.Title, pack.Issuer,
			pack.ValidFrom.Chinese(), pack.SHA256[:12]); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) showPack(args []string) error {
	pack, err := p.readPack(args[0])
	if err != nil {
		return err
	}
	if p.asJSON {
		return p.printJSON(pack)
	}
	for _, line := range tell.Lines(pack) {
		if err := p.print("%s：%s", tell.Heading(line.Key), line.Text); err != nil {
			return err
		}
	}
	return p.print("校验值 (SHA-256)：%s", pack.SHA256)
}

// checked is the answer of a check.
type checked struct {
	OK     bool     `json:"ok"`
	SHA256 string   `json:"sha256,omitzero"`
	Errors []string `json:"errors"`
}

func (p *program) checkPack(args []string) error {
	text, err := p.readFile(args[0])
	if err != nil {
		return err
	}
	pack, err := load.Parse(text)
	answer := checked{OK: err == nil, SHA256: pack.SHA256, Errors: []string{}}
	if err != nil {
		answer.Errors = strings.Split(err.Error(), "\n")
	}
	switch {
	case p.asJSON:
		if err := p.printJSON(answer); err != nil {
			return err
		}
	case err == nil:
		return p.print("✓ %s 第%s版可以采用 (can be adopted)，共 %d 条，校验值 %s", pack.Name, pack.Version, len(tell.Lines(pack)), pack.SHA256)
	default:
		for _, problem := range answer.Errors {
			if err := p.print("✗ %s", problem); err != nil {
				return err
			}
		}
	}
	if err != nil {
		return errUnhealthy
	}
	return nil
}

func (p *program) diffPacks(args []string) error {
	a, err := p.readPack(args[0])
	if err != nil {
		return err
	}
	b, err := p.readPack(args[1])
	if err != nil {
		return err
	}
	differences := tell.Compare(a, b)
	if p.asJSON {
		return p.printJSON(differences)
	}
	if len(differences) == 0 {
		return p.print("两个政策包没有差别 (no difference)")
	}
	for _, d := range differences {
		text := tell.Heading(d.Key)
		if d.A != "" {
			text += "\n  - " + d.A
		}
		if d.B != "" {
			text += "\n  + " + d.B
		}
		if err := p.print("%s", text); err != nil {
			return err
		}
	}
	return nil
}

// readPack reads a pack by its name or from a file.
func (p *program) readPack(name string) (policy.Pack, error) {
	text, err := packs.Text(name)
	if err != nil {
		if text, err = p.readFile(name); err != nil {
			return policy.Pack{}, err
		}
	}
	pack, err := load.Parse(text)
	return pack, because(err, "政策包不能采用", "the pack cannot be used", "逐条检查 (check it line by line): shouwang policy check "+name)
}

// readFile reads a pack's file; - is standard input.
func (p *program) readFile(name string) ([]byte, error) {
	from := p.stdin
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, refuse("没有这个政策包或文件："+name, "no such pack or file", "现有 (there are): "+strings.Join(packs.Names(), ", "))
		}
		if err != nil {
			return nil, fmt.Errorf("read the pack: %w", err)
		}
		defer f.Close()
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, load.MaxPack+1))
	return text, wrap(err, "read the pack "+name)
}

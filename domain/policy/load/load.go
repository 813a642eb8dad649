// Package load reads packs from YAML, strictly.
package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"shouwang/domain/policy"
)

// MaxPack bounds the text of a pack: the longest source document would be 30 KiB.
const MaxPack = 256 << 10

// Parse reads a pack that somebody wants to adopt and refuses unknown keys,
// impossible orders, missing capacities, unknown codes and an assumed rule that
// blocks. It reports all faults at once, each with the line it stands on.
func Parse(text []byte) (policy.Pack, error) {
	p, doc, err := decode(text)
	var unread *yaml.TypeError
	if err != nil && !errors.As(err, &unread) {
		return p, err
	}
	c := checker{doc: doc, faults: noDays(doc)}
	if unread != nil {
		c.unread(unread.Errors)
		if slices.ContainsFunc(unread.Errors, func(said string) bool { return strings.Contains(said, "already defined") }) {
			return p, c.all() // of what has a key twice nothing was read at all
		}
	}
	c.fractions(doc)
	c.pack(p)
	return p, c.all()
}

// Adopted reads the text of a pack that was adopted. It was checked then: what
// is asked of a pack today does not make yesterday's unreadable.
func Adopted(text []byte) (policy.Pack, error) {
	p, _, err := decode(text)
	if err != nil {
		return p, fmt.Errorf("an adopted text: %w", err)
	}
	return p, nil
}

// decode reads one document. What does not fit a pack is a *yaml.TypeError, with
// the rest of the pack beside it.
func decode(text []byte) (p policy.Pack, doc *yaml.Node, err error) {
	if len(text) > MaxPack {
		return p, nil, fmt.Errorf("a pack has at most %d bytes", MaxPack)
	}
	doc = new(yaml.Node)
	if err := yaml.Unmarshal(text, doc); err != nil {
		return p, nil, fmt.Errorf("read pack: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(withDays(text, noDays(doc))))
	dec.KnownFields(true)
	err = dec.Decode(&p)
	var unread *yaml.TypeError
	switch {
	case errors.Is(err, io.EOF):
		return p, nil, errors.New("line 1: nothing is written in it")
	case err != nil && !errors.As(err, &unread):
		return p, nil, fmt.Errorf("read pack: %w", err)
	}
	var second yaml.Node
	if more := dec.Decode(&second); !errors.Is(more, io.EOF) {
		return p, nil, fmt.Errorf("line %d: a pack is one document", max(second.Line, 1))
	}
	sum := sha256.Sum256(text)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, doc, err
}

// checker gathers what is wrong with a pack, with the line where it stands.
type checker struct {
	doc    *yaml.Node
	faults []fault
}

// fault is one thing wrong, and the line where it stands: the first one where it
// is the whole.
type fault struct {
	line int
	text string
	// unread: a value of no use; what else is wrong with that line follows from it.
	unread bool
	// whole: it is no line of the document that is wrong.
	whole bool
	// value that was to be a day.
	value string
}

// at names a place in the document by keys and positions in lists.
type at []any

func (c *checker) bad(place at, format string, args ...any) {
	line := c.line(place)
	c.faults = append(c.faults, fault{line: max(line, 1), whole: line == 0, text: fmt.Sprintf(format, args...)})
}

// unread takes what the reader says of keys and values that fit no pack.
func (c *checker) unread(errs []string) {
	for _, text := range errs {
		f := fault{line: 1, text: text, unread: true}
		if rest, ok := strings.CutPrefix(text, "line "); ok {
			number, said, _ := strings.Cut(rest, ": ")
			if line, err := strconv.Atoi(number); err == nil {
				f.line, f.text = line, said
			}
		}
		c.faults = append(c.faults, f)
	}
}

// all returns the faults in the order of the document as one error, each once.
func (c *checker) all() error {
	unread := map[int]bool{}
	for _, f := range c.faults {
		unread[f.line] = unread[f.line] || f.unread
	}
	slices.SortStableFunc(c.faults, func(a, b fault) int { return a.line - b.line })
	var errs []error
	for i, f := range c.faults {
		if unread[f.line] && !f.unread && !f.whole || i > 0 && f == c.faults[i-1] {
			continue
		}
		errs = append(errs, fmt.Errorf("line %d: %s", f.line, f.text))
	}
	return errors.Join(errs...)
}

// fractions refuses numbers with a fraction: YAML would cut them off silently,
// and nothing in a pack is counted in parts.
func (c *checker) fractions(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!float" {
		c.faults = append(c.faults, fault{line: n.Line, text: n.Value + " is no whole number; text is written in quotes"})
	}
	for _, child := range n.Content {
		c.fractions(child)
	}
}

// line returns the line of a place, or of the nearest thing around it that the
// document has; 0 where it has none.
func (c *checker) line(place at) int {
	node, line := c.doc, 0
	if len(node.Content) == 1 && node.Kind == yaml.DocumentNode {
		node = node.Content[0]
	}
	for _, step := range place {
		var next *yaml.Node
		switch step := step.(type) {
		case string:
			for i := 0; i+1 < len(node.Content) && node.Kind == yaml.MappingNode; i += 2 {
				if node.Content[i].Value == step {
					next, line = node.Content[i+1], node.Content[i].Line
				}
			}
		case int:
			if node.Kind == yaml.SequenceNode && step < len(node.Content) {
				next, line = node.Content[step], node.Content[step].Line
			}
		}
		if next == nil {
			return line
		}
		for next.Kind == yaml.AliasNode {
			next = next.Alias
		}
		node = next
	}
	return line
}

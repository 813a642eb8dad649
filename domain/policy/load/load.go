// Package load reads packs from YAML, strictly.
package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"shouwang/domain/policy"
)

// MaxPack bounds the text of a pack: the longest source document would be 30 KiB.
const MaxPack = 256 << 10

// Parse reads a pack and refuses unknown keys, impossible orders, missing
// capacities, unknown codes and an assumed rule that blocks. It reports all
// faults at once, each with the line it stands on.
func Parse(text []byte) (policy.Pack, error) {
	var p policy.Pack
	if len(text) > MaxPack {
		return p, fmt.Errorf("a pack has at most %d bytes", MaxPack)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("read pack: %w", err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return p, errors.New("a pack is one document")
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return p, fmt.Errorf("read pack: %w", err)
	}
	sum := sha256.Sum256(text)
	p.SHA256 = hex.EncodeToString(sum[:])
	c := checker{doc: &doc}
	c.fractions(&doc)
	c.pack(p)
	return p, errors.Join(c.faults...)
}

// checker gathers what is wrong with a pack, with the line where it stands.
type checker struct {
	doc    *yaml.Node
	faults []error
}

// at names a place in the document by keys and positions in lists.
type at []any

func (c *checker) bad(place at, format string, args ...any) {
	fault := fmt.Sprintf(format, args...)
	if line := c.line(place); line > 0 {
		fault = fmt.Sprintf("line %d: %s", line, fault)
	}
	c.faults = append(c.faults, errors.New(fault))
}

// fractions refuses numbers with a fraction: YAML would cut them off silently,
// and nothing in a pack is counted in parts.
func (c *checker) fractions(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!float" {
		c.faults = append(c.faults, fmt.Errorf("line %d: %s is no whole number; text is written in quotes", n.Line, n.Value))
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

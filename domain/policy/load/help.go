package load

import (
	"slices"

	"shouwang/domain/policy"
)

// helpOrder checks that an order of help names each source once, and that the
// pack says what going past one means.
func (c *checker) helpOrder(p policy.Pack) {
	for i, source := range p.HelpOrder {
		c.listed(at{"help_order", i}, policy.HelpSources, source, "help_order: source")
		if slices.Contains(p.HelpOrder[:i], source) {
			c.bad(at{"help_order", i}, "help_order: %s stands twice", source)
		}
	}
	if len(p.HelpOrder) > 0 && !slices.ContainsFunc(p.Guards, func(g policy.Guard) bool { return g.Rule == policy.HelpOrder && g.Cite != "" }) {
		c.bad(at{"help_order"}, "help_order: the guard %s says where it is written", policy.HelpOrder)
	}
}

package kurrentlog

// WithPrefix keeps a test's record apart from others in the same database.
func WithPrefix(c Config, prefix string) Config {
	c.prefix = prefix
	return c
}

package sealing

// Limits.
const (
	// MaxSubject bounds a subject, in bytes: it is a stream name or like one.
	MaxSubject = 200
	// MaxField bounds a field path, in bytes: a few nested names.
	MaxField = 200
	// MaxClear bounds one clear value, in bytes. The longest sealed field is a
	// health description of some hundred characters; pictures are attachments.
	MaxClear = 64 << 10
	// cacheSize bounds the subjects whose ciphers stay in memory. A cipher is
	// about 1 KiB, so this is at most 64 MiB, and more households than any
	// county monitors; a province's rebuild loads by ExistingMany.
	cacheSize = 1 << 16
	// maxBatch bounds the subjects of one statement, so that one bulk load does
	// not hold up the single callers behind it for long.
	maxBatch = 2_000
)

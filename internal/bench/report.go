package bench

import (
	"fmt"
	"slices"
	"time"
)

// noise is how far a ratio may fall short of its reach before it says anything:
// round-to-round spread of a quiet machine is 10 to 20 %.
const noise = 0.20

// Report is what a run found.
type Report struct {
	Machine Machine  `json:"machine"`
	Rows    []Row    `json:"rows"`
	Faults  []string `json:"faults"` // something lost, doubled or out of order
}

// Row is one thing measured beside another.
type Row struct {
	Bench  string `json:"bench"`
	Case   string `json:"case"`
	Beside string `json:"beside,omitzero"`
	Unit   string `json:"unit"`
	// Value and BesideValue are medians over the rounds, for information only.
	Value       float64 `json:"value"`
	BesideValue float64 `json:"beside_value,omitzero"`
	// Ratio is the median of the rounds' ratios, each of two measurements that
	// stand next to each other.
	Ratio  float64   `json:"ratio,omitzero"`
	Ratios []float64 `json:"ratios,omitzero"`
	// Reach is what the ratio should be at least (at most, if AtMost).
	Reach  float64 `json:"reach,omitzero"`
	AtMost bool    `json:"at_most,omitzero"`
	Result Result  `json:"result,omitzero"`
	// Others is the share of the machine that other processes used meanwhile,
	// the median over the rounds: 0 to 1.
	Others float64 `json:"others"`
	// Unknown is the share that no process accounts for: interrupts, switching
	// between tasks, and processes that cannot be seen from here.
	Unknown float64 `json:"unknown"`
	// Cost is the processor time of the program and the server together for one
	// unit, the median over the rounds; it hardly depends on who else is busy.
	Cost       Micros `json:"cpu_us,omitzero"`
	BesideCost Micros `json:"beside_cpu_us,omitzero"`

	P50       Millis `json:"p50_ms,omitzero"`
	P99       Millis `json:"p99_ms,omitzero"`
	BesideP50 Millis `json:"beside_p50_ms,omitzero"`
	BesideP99 Millis `json:"beside_p99_ms,omitzero"`
	Notes     string `json:"notes,omitzero"`
}

// Millis and Micros are durations in milliseconds and microseconds, for reading.
type (
	Millis float64
	Micros float64
)

func millis(d time.Duration) Millis { return Millis(d.Seconds() * 1000) }

// Result says where a ratio stands.
type Result string

// The results.
const (
	Met    Result = "met"
	Near   Result = "near" // within the noise of a shared machine
	Missed Result = "missed"
)

func (row *Row) judge() {
	switch short := row.Ratio / row.Reach; {
	case row.Reach == 0:
		return
	case row.AtMost && short <= 1, !row.AtMost && short >= 1:
		row.Result = Met
	case row.AtMost && short <= 1+noise, !row.AtMost && short >= 1-noise:
		row.Result = Near
	default:
		row.Result = Missed
	}
}

// add completes a row from what was measured and keeps it.
func (r *run) add(row Row, measured, beside []sample) {
	m := summary(measured)
	row.Value, row.P50, row.P99, row.Cost, row.Others = m.value, millis(m.p50), millis(m.p99), micros(m.cost), m.others
	row.Unknown = m.unknown
	if beside != nil {
		b := summary(beside)
		row.BesideValue, row.BesideP50, row.BesideP99, row.BesideCost = b.value, millis(b.p50), millis(b.p99), micros(b.cost)
		row.Others = max(row.Others, b.others)
		for i := range measured {
			row.Ratios = append(row.Ratios, round3(measured[i].value/beside[i].value))
		}
		row.Ratio = median(row.Ratios)
	}
	row.judge()
	r.report.Rows = append(r.report.Rows, row)
	r.Found(row)
}

func micros(d time.Duration) Micros { return Micros(float64(d) / float64(time.Microsecond)) }

// summary is the median of each figure.
func summary(samples []sample) sample {
	times := func(f func(sample) time.Duration) time.Duration {
		return time.Duration(median(each(samples, func(s sample) float64 { return float64(f(s)) })))
	}
	return sample{
		value:  median(each(samples, func(s sample) float64 { return s.value })),
		others: median(each(samples, func(s sample) float64 { return s.others })), unknown: median(each(samples, func(s sample) float64 { return s.unknown })),
		p50:  times(func(s sample) time.Duration { return s.p50 }),
		p99:  times(func(s sample) time.Duration { return s.p99 }),
		cost: times(func(s sample) time.Duration { return s.cost }),
	}
}

const (
	unitEvents   = "events/s"
	unitActs     = "commands/s"
	unitQueries  = "queries/s"
	unitMillis   = "ms"
	unitMicros   = "µs CPU"
	unitCount    = "events"
	unitMessages = "messages/s"
)

func each(samples []sample, f func(sample) float64) []float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = f(s)
	}
	return values
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	mid := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[mid]
	}
	return (sorted[mid-1] + sorted[mid]) / 2
}

func round3(f float64) float64 {
	switch {
	case f >= 10:
		return float64(int64(f*10+0.5)) / 10
	default:
		return float64(int64(f*1000+0.5)) / 1000
	}
}

// fault notes something that must never happen.
func (r *run) fault(format string, args ...any) {
	r.report.Faults = append(r.report.Faults, fmt.Sprintf(format, args...))
}

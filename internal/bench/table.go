package bench

import (
	"fmt"
	"strconv"
	"strings"
)

// results are what a person reads.
var results = map[Result]string{Met: "达到", Near: "误差内", Missed: "未达到"}

// String is the row as one line of text.
func (row Row) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s %s: %s", row.Bench, row.Case, amount(row.Value, row.Unit))
	if row.P99 > 0 {
		fmt.Fprintf(&b, " (p50 %s, p99 %s ms)", trim(float64(row.P50)), trim(float64(row.P99)))
	}
	if row.Cost > 0 {
		fmt.Fprintf(&b, ", %s µs CPU", trim(float64(row.Cost)))
	}
	if row.Beside != "" {
		fmt.Fprintf(&b, " | %s: %s", row.Beside, amount(row.BesideValue, row.Unit))
		if row.BesideP99 > 0 {
			fmt.Fprintf(&b, " (p50 %s, p99 %s ms)", trim(float64(row.BesideP50)), trim(float64(row.BesideP99)))
		}
		if row.BesideCost > 0 {
			fmt.Fprintf(&b, ", %s µs CPU", trim(float64(row.BesideCost)))
		}
		fmt.Fprintf(&b, " | × %s", trim(row.Ratio))
	}
	if row.Reach > 0 {
		sign := "≥"
		if row.AtMost {
			sign = "≤"
		}
		fmt.Fprintf(&b, ", 目标 %s %s: %s", sign, trim(row.Reach), results[row.Result])
	}
	fmt.Fprintf(&b, " | 他人占用 %.0f %%", 100*row.Others)
	if row.Notes != "" {
		b.WriteString(" | " + row.Notes)
	}
	return b.String()
}

func amount(value float64, unit string) string {
	if value >= 1000 {
		return group(int64(value+0.5)) + " " + unit
	}
	return trim(value) + " " + unit
}

// group writes 1234567 as 1 234 567.
func group(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(d)
	}
	return b.String()
}

func trim(f float64) string { return strconv.FormatFloat(round3(f), 'f', -1, 64) }

// Closing is what stands under the rows: what they mean, on what they were
// measured, and what must never happen.
func (report Report) Closing() string {
	var b strings.Builder
	b.WriteString("\n× 为同一次运行中交替测得的两者之比,取各轮中位数;绝对值仅供参考;差 20 % 以内视为误差。\n")
	b.WriteString(report.Machine.String() + "\n")
	for _, fault := range report.Faults {
		b.WriteString("! " + fault + "\n")
	}
	return b.String()
}

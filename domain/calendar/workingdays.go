package calendar

import (
	"fmt"
	"time"
)

// Span is the time between two days by both counts. The first day is not
// counted, the last is: a sheet posted on the 10th and removed on the 15th hung
// for five days.
type Span struct {
	Calendar int `json:"calendar"`
	// Working are the working days among them, as far as the arrangements of
	// their years are known. Unknown are the days of years of which nothing is
	// known: that many more may be working days.
	Working      int  `json:"working"`
	Unknown      int  `json:"unknown,omitzero"`
	WorkingKnown bool `json:"working_known"`
}

// Chinese returns "6天（4个工作日）", or says that the working days are not known.
func (s Span) Chinese() string {
	if !s.WorkingKnown {
		return fmt.Sprintf("%d天（放假安排未录入，工作日数不详）", s.Calendar)
	}
	return fmt.Sprintf("%d天（%d个工作日）", s.Calendar, s.Working)
}

func (d Day) weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// IsWorkingDay says whether offices work on the day. It is not known (ok is
// false) in a year whose arrangement is not.
func (h *Holidays) IsWorkingDay(d Day) (working, ok bool) {
	if !h.years[d.Year()] {
		return false, false
	}
	if s, named := h.special[d]; named {
		return !s.Off, true
	}
	return !d.weekend(), true
}

// AddWorkingDays returns the n-th working day after the day, which is itself not
// counted; for n below one it is the day itself. It is not known (ok is false)
// where the way there leads through a year whose arrangement is not.
func (h *Holidays) AddWorkingDays(d Day, n int) (day Day, ok bool) {
	for n > 0 {
		d++
		working, known := h.IsWorkingDay(d)
		if !known {
			return 0, false
		}
		if working {
			n--
		}
	}
	return d, true
}

// WorkingDaysBetween counts the working days after from, up to and including to;
// backwards it counts the same days, negatively. It is not known (ok is false)
// where any of these days lies in a year whose arrangement is not.
func (h *Holidays) WorkingDaysBetween(from, to Day) (days int, ok bool) {
	s := h.Span(from, to)
	if !s.WorkingKnown {
		return 0, false
	}
	return s.Working, true
}

// Span counts the days after from, up to and including to, by both counts;
// backwards it counts the same days, negatively.
func (h *Holidays) Span(from, to Day) Span {
	if to < from {
		s := h.Span(to, from)
		s.Calendar, s.Working, s.Unknown = -s.Calendar, -s.Working, -s.Unknown
		return s
	}
	s := Span{Calendar: int(to - from)}
	for d := from + 1; d <= to; d++ {
		working, known := h.IsWorkingDay(d)
		switch {
		case !known:
			s.Unknown++
		case working:
			s.Working++
		}
	}
	s.WorkingKnown = s.Unknown == 0
	return s
}

package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// maxHolidayText holds some three hundred years of lines; a file that is
	// longer is no arrangement of holidays.
	maxHolidayText = 256 << 10
	// maxDaysOff is beyond the longest run of days off so far, ten in 2020; a
	// longer one is a mistyped month.
	maxDaysOff = 15
	// The years in which an arrangement can be meant: the cases begin in 2014.
	firstHolidayYear, lastHolidayYear = 2014, 2200
)

// weekdays are the days of the week as the notices name them.
var weekdays = [...]string{time.Sunday: "周日", time.Monday: "周一", time.Tuesday: "周二", time.Wednesday: "周三",
	time.Thursday: "周四", time.Friday: "周五", time.Saturday: "周六"}

// holidayFile is one file being read.
type holidayFile struct {
	*Holidays
	name     string
	line     int
	year     int // being read; none before the first
	begun    int // the line on which it began
	notices  int
	offs     int
	mistakes []error
}

// read adds a file's years and returns its mistakes.
func (h *Holidays) read(name string, text []byte) []error {
	f := &holidayFile{Holidays: h, name: name, line: 1}
	switch {
	case len(text) > maxHolidayText:
		f.bad("the file has %d bytes, at most %d", len(text), maxHolidayText)
		return f.mistakes
	case !utf8.Valid(text):
		f.bad("the file is not UTF-8")
		return f.mistakes
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			f.read(words[0], words[1:])
		}
		f.line++
	}
	f.endYear()
	if len(f.mistakes) == 0 && f.year == 0 {
		f.line = 1
		f.bad("the file states no year")
	}
	return f.mistakes
}

func (f *holidayFile) bad(format string, args ...any) {
	f.mistakes = append(f.mistakes, fmt.Errorf("%s:%d: %s", f.name, f.line, fmt.Sprintf(format, args...)))
}

func (f *holidayFile) read(verb string, words []string) {
	switch {
	case verb == "year":
		f.startYear(words)
	case f.year == 0:
		f.bad("no year stands above this line")
	case verb == "notice":
		f.notice(words)
	case verb == "off":
		f.off(words)
	case verb == "work":
		f.work(words)
	default:
		f.bad("%q is none of year, notice, off and work", verb)
	}
}

func (f *holidayFile) startYear(words []string) {
	f.endYear()
	f.year, f.begun, f.notices, f.offs = 0, f.line, 0, 0
	if len(words) != 1 {
		f.bad("a year is written: year 2020")
		return
	}
	y, err := strconv.Atoi(words[0])
	if err != nil || y < firstHolidayYear || y > lastHolidayYear {
		f.bad("%q is no year from %d to %d", words[0], firstHolidayYear, lastHolidayYear)
		return
	}
	if f.years[y] {
		f.bad("the year %d is arranged twice", y)
	}
	f.year, f.years[y] = y, true
}

// endYear refuses a year of which nothing is said: it would turn every one of
// its weekdays into a working day.
func (f *holidayFile) endYear() {
	if f.year == 0 {
		return
	}
	at := f.line
	f.line = f.begun
	if f.notices == 0 {
		f.bad("the year %d names no notice", f.year)
	}
	if f.offs == 0 {
		f.bad("the year %d has no day off", f.year)
	}
	f.line = at
}

func (f *holidayFile) notice(words []string) {
	if len(words) != 3 {
		f.bad("a notice is written: notice 国办发明电〔2019〕16号 2019-11-21 its title")
		return
	}
	if _, err := ParseDay(words[1]); err != nil {
		f.bad("the notice's day: %v", err)
	}
	f.notices++
}

func (f *holidayFile) off(words []string) {
	if len(words) != 4 {
		f.bad("days off are written: off 2020-01-24 2020-01-30 7天 春节")
		return
	}
	first, ok1 := f.day(words[0])
	last, ok2 := f.day(words[1])
	if !ok1 || !ok2 {
		return
	}
	if last < first || last-first >= maxDaysOff {
		f.bad("days off from %s to %s: at most %d, the first before the last", first, last, maxDaysOff)
		return
	}
	if n := int(last-first) + 1; words[2] != strconv.Itoa(n)+"天" {
		f.bad("from %s to %s are %d天, not %s", first, last, n, words[2])
	}
	for d := first; d <= last; d++ {
		f.mark(d, Special{Off: true, Name: words[3]})
	}
	f.offs++
}

func (f *holidayFile) work(words []string) {
	if len(words) != 3 {
		f.bad("a make-up day is written: work 2020-01-19 周日 春节")
		return
	}
	d, ok := f.day(words[0])
	if !ok {
		return
	}
	if is := weekdays[d.Weekday()]; words[1] != is {
		f.bad("%s is a %s, not %s", d, is, words[1])
	}
	if !d.weekend() {
		f.bad("%s is a working day in any case", d)
	}
	f.mark(d, Special{Name: words[2]})
}

// day reads a day that the arrangement of the year may name: one of the year, or
// of the December before it.
func (f *holidayFile) day(s string) (Day, bool) {
	d, err := ParseDay(s)
	if err != nil {
		f.bad("%v", err)
		return 0, false
	}
	if y, m := d.YearMonth(); y != f.year && (y != f.year-1 || m != time.December) {
		f.bad("%s lies outside %d and the December before it", d, f.year)
		return 0, false
	}
	return d, true
}

// mark notes what is said of one day, which may be said once.
func (f *holidayFile) mark(d Day, s Special) {
	if before, twice := f.special[d]; twice {
		f.bad("%s is named twice: %s", d, before.Name)
		return
	}
	f.special[d] = s
}

package calendar

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Holidays are the public holidays and the make-up working days (调休) of the
// years whose arrangement is known. Nothing is known of any other year, not even
// that its Sundays are free: any of them may be a make-up day.
//
// The next year's notice may reach back into the last days of December (that for
// 2019 made 29 December 2018 a working day), so the end of the last known year is
// as certain as the notices announced so far.
type Holidays struct {
	years   map[int]bool
	special map[Day]Special
}

// Special is a day that an arrangement names: off, or worked to make up for it.
type Special struct {
	Off  bool
	Name string // the holiday, as the notice calls it
}

//go:embed holidays/*.txt
var announced embed.FS

var announcedOnce = sync.OnceValue(func() *Holidays {
	h, err := LoadHolidays(announced, "holidays/*.txt")
	if err != nil {
		panic(err) // the files are part of the program
	}
	return h
})

// Announced returns the arrangements that come with the program, those of the
// notices of the State Council's General Office
// (国务院办公厅关于…年部分节假日安排的通知). A further year is a further file in
// the folder holidays, in the form that LoadHolidays describes.
func Announced() *Holidays { return announcedOnce() }

// LoadHolidays reads arrangements from the files that match the pattern. A
// mistake in any of them is an error that names its file and line; all mistakes
// are told at once. A file holds one year or several, a line each:
//
//	# a comment
//	year 2020
//	notice 国办发明电〔2019〕16号 2019-11-21 the title of the notice
//	off  2020-01-24 2020-02-02 10天 春节
//	work 2020-01-19 周日 春节
//
// The number of days off and the day of the week stand in the notices; here they
// are checked against the dates, so that a slip of the pen is found.
func LoadHolidays(files fs.FS, pattern string) (*Holidays, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, fmt.Errorf("find the holidays in %q: %w", pattern, err)
	}
	h := &Holidays{years: map[int]bool{}, special: map[Day]Special{}}
	var mistakes []error
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the holidays: %w", err)
		}
		mistakes = append(mistakes, h.read(name, text)...)
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	return h, nil
}

// Years returns the years whose arrangement is known, in order.
func (h *Holidays) Years() []int { return slices.Sorted(maps.Keys(h.years)) }

// Special returns what an arrangement says of the day; most days are not named.
func (h *Holidays) Special(d Day) (Special, bool) {
	s, ok := h.special[d]
	return s, ok
}

// Missing returns the years between two days, the first not counted and the last
// counted, whose arrangement is not known.
func (h *Holidays) Missing(from, to Day) []int {
	var years []int
	if from >= to {
		return nil
	}
	for y := (from + 1).Year(); y <= to.Year(); y++ {
		if !h.years[y] {
			years = append(years, y)
		}
	}
	return years
}

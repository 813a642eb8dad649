package demonstration

import (
	"time"

	"shouwang/domain/calendar"
)

// holidays are the days off in these years, first and last of each.
var holidays = [][2]calendar.Day{
	{calendar.Date(2021, 1, 1), calendar.Date(2021, 1, 3)},
	{calendar.Date(2021, 2, 11), calendar.Date(2021, 2, 17)},
	{calendar.Date(2021, 5, 1), calendar.Date(2021, 5, 5)},
	{calendar.Date(2021, 10, 1), calendar.Date(2021, 10, 7)},
	{calendar.Date(2022, 1, 1), calendar.Date(2022, 1, 3)},
	{calendar.Date(2022, 1, 31), calendar.Date(2022, 2, 6)},
	{calendar.Date(2022, 5, 1), calendar.Date(2022, 5, 4)},
	{calendar.Date(2022, 10, 1), calendar.Date(2022, 10, 7)},
	{calendar.Date(2023, 1, 1), calendar.Date(2023, 1, 2)},
	{calendar.Date(2023, 1, 21), calendar.Date(2023, 1, 27)},
	{calendar.Date(2023, 4, 29), calendar.Date(2023, 5, 3)},
	{calendar.Date(2023, 6, 22), calendar.Date(2023, 6, 24)},
}

// working says whether offices are open on the day.
func working(d calendar.Day) bool {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	for _, h := range holidays {
		if d >= h[0] && d <= h[1] {
			return false
		}
	}
	return true
}

// work returns the day, or the next on which offices are open.
func work(d calendar.Day) calendar.Day {
	for !working(d) {
		d++
	}
	return d
}

// workdays returns the n-th working day after the day.
func workdays(d calendar.Day, n int) calendar.Day {
	for range n {
		d = work(d + 1)
	}
	return work(d)
}

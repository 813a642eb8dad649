package api

import (
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
)

// Times are the two times of a question.
type Times struct {
	AsOf    string `query:"as_of" doc:"截至日期：此日（含）之前发生的；不填为今天" example:"2023-06-30"`
	KnownAt string `query:"known_at" doc:"按当时所知：此时（含）之前录入的；写日期即当日结束；不填为现在" example:"2023-07-03"`
}

// Asked are the two times an answer was given for.
type Asked struct {
	AsOf    calendar.Day `json:"as_of" doc:"截至日期"`
	KnownAt time.Time    `json:"known_at" doc:"按当时所知"`
}

// asked reads the two times; what is not given is today and now.
func (t Times) asked(now time.Time) (Asked, error) {
	a := Asked{AsOf: calendar.Of(now), KnownAt: now}
	if t.AsOf != "" {
		day, err := calendar.ParseDay(t.AsOf)
		if err != nil {
			return a, newProblem(dayMalformed, "").at("query/as_of", "expected a day like 2023-06-30")
		}
		a.AsOf = day
	}
	if t.KnownAt != "" {
		at, err := instant(t.KnownAt)
		if err != nil {
			return a, newProblem(timeMalformed, "").at("query/known_at", "expected a day or an instant")
		}
		a.KnownAt = at
	}
	return a, nil
}

// times are the same for a fold. A question for now asks for everything, also
// for what was recorded while it was being asked.
func (t Times) times(a Asked) household.Times {
	var out household.Times
	if t.AsOf != "" {
		out.AsOf = a.AsOf
	}
	if t.KnownAt != "" {
		out.KnownAt = a.KnownAt
	}
	return out
}

// now says whether the question is for now.
func (t Times) now() bool { return t.AsOf == "" && t.KnownAt == "" }

// instant reads a day, which means its end in Beijing, or an instant.
func instant(text string) (time.Time, error) {
	if day, err := calendar.ParseDay(text); err == nil {
		return day.End().Add(-time.Microsecond), nil
	}
	return time.Parse(time.RFC3339Nano, text)
}

// Current are the two times of a read model that knows only now.
type Current struct {
	AsOf    string `query:"as_of" doc:"本台账只有现状：只能不填或填今天"`
	KnownAt string `query:"known_at" doc:"本台账只有现状：只能不填"`
}

func (c Current) refuse(today calendar.Day) error {
	switch {
	case c.AsOf != "" && c.AsOf != today.String():
		return newProblem(readCurrentOnly, "").at("query/as_of", "only today")
	case c.KnownAt != "":
		return newProblem(readCurrentOnly, "").at("query/known_at", "only now")
	}
	return nil
}

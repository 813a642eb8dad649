package calendar

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const sound = "year 2020\nnotice 国办发明电〔2019〕16号 2019-11-21 通知\noff 2020-01-24 2020-01-30 7天 春节\nwork 2020-01-19 周日 春节\n"

func load(texts ...string) (*Holidays, error) {
	files := fstest.MapFS{}
	for i, text := range texts {
		files["holidays/"+string(rune('a'+i))+".txt"] = &fstest.MapFile{Data: []byte(text)}
	}
	return LoadHolidays(files, "holidays/*.txt")
}

func TestAnnouncedYears(t *testing.T) {
	t.Parallel()
	if got, want := Announced().Years(), []int{2020, 2021, 2022, 2023, 2024, 2025, 2026}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if s, named := Announced().Special(MustDay("2020-02-01")); !named || !s.Off || s.Name != "春节" {
		t.Errorf("%+v, %v", s, named)
	}
	if s, named := Announced().Special(MustDay("2020-02-03")); named {
		t.Errorf("%+v", s)
	}
}

func TestAFurtherYearIsAFurtherFileOrFurtherLines(t *testing.T) {
	t.Parallel()
	more := "\n# made up\nyear 2021\nnotice x 2020-11-25 通知\noff 2020-12-31 2021-01-03 4天 元旦\n"
	for _, texts := range [][]string{{sound, more}, {sound + more}, {more, sound}} {
		h, err := load(texts...)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Years(); !slices.Equal(got, []int{2020, 2021}) {
			t.Errorf("years %v", got)
		}
		if n, ok := h.WorkingDaysBetween(MustDay("2020-12-30"), MustDay("2021-01-05")); n != 2 || !ok {
			t.Errorf("%d, %v", n, ok)
		}
	}
	// A December day of a year that is itself not arranged says nothing of it.
	h, err := load(more)
	if err != nil {
		t.Fatal(err)
	}
	if working, ok := h.IsWorkingDay(MustDay("2020-12-31")); working || ok {
		t.Errorf("%v, %v", working, ok)
	}
}

func TestMistakesAreToldWithTheirLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, want string }{
		"no year":                 {"year 2020\n", "", "a.txt:1: no year stands"},
		"nothing":                 {sound, "# nothing\n", "a.txt:1: the file states no year"},
		"not a year":              {"year 2020", "year 20", `a.txt:1: "20" is no year`},
		"two years":               {"year 2020", "year 2020 2021", "a.txt:1: a year is written"},
		"the year twice":          {sound, sound + sound, "a.txt:5: the year 2020 is arranged twice"},
		"unknown word":            {"work 2020", "word 2020", `a.txt:4: "word" is none`},
		"no notice":               {"notice 国办发明电〔2019〕16号 2019-11-21 通知\n", "", "a.txt:1: the year 2020 names no notice"},
		"notice without its day":  {" 2019-11-21", "", "a.txt:2: a notice is written"},
		"notice of no day":        {"2019-11-21", "2019-11-31", `a.txt:2: the notice's day: "2019-11-31" is not`},
		"no day off":              {"off 2020-01-24 2020-01-30 7天 春节\n", "", "a.txt:1: the year 2020 has no day off"},
		"off without a name":      {"7天 春节", "7天", "a.txt:3: days off are written"},
		"off on no day":           {"2020-01-24", "2020-01-32", `a.txt:3: "2020-01-32" is not a day`},
		"off until no day":        {"2020-01-30", "2020-1-30", `a.txt:3: "2020-1-30" is not a day`},
		"off backwards":           {"2020-01-30", "2020-01-23", "a.txt:3: days off from 2020-01-24 to 2020-01-23"},
		"off for months":          {"2020-01-30 7天", "2020-03-30 67天", "a.txt:3: days off from 2020-01-24 to 2020-03-30: at most"},
		"off for another number":  {"7天", "8天", "a.txt:3: from 2020-01-24 to 2020-01-30 are 7天, not 8天"},
		"off in another year":     {"off 2020-01-24 2020-01-30", "off 2021-01-24 2021-01-30", "a.txt:3: 2021-01-24 lies outside 2020"},
		"off the November before": {"work 2020-01-19", "work 2019-11-24", "a.txt:4: 2019-11-24 lies outside 2020"},
		"off twice":               {"work", "off 2020-01-30 2020-01-30 1天 春节\nwork", "a.txt:4: 2020-01-30 is named twice: 春节"},
		"off and worked":          {"2020-01-19 周日", "2020-01-26 周日", "a.txt:4: 2020-01-26 is named twice"},
		"worked on no day":        {"2020-01-19", "yesterday", `a.txt:4: "yesterday" is not a day`},
		"worked on another day":   {"周日", "周六", "a.txt:4: 2020-01-19 is a 周日, not 周六"},
		"worked on a weekday":     {"2020-01-19 周日", "2020-01-20 周一", "a.txt:4: 2020-01-20 is a working day in any case"},
		"worked without a name":   {"周日 春节", "周日", "a.txt:4: a make-up day is written"},
		"not UTF-8":               {"春节", "\xff", "a.txt:1: the file is not UTF-8"},
		"too long":                {sound, sound + "#" + strings.Repeat(" ", maxHolidayText), "a.txt:1: the file has"},
		"a mistake after a year":  {sound, sound + "year twenty\n", `a.txt:5: "twenty" is no year`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(sound, c.old, c.new, 1)
			if text == sound {
				t.Fatal("nothing is wrong with it")
			}
			h, err := load(text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if h != nil {
				t.Error("what is wrong is used")
			}
		})
	}
}

func TestAllMistakesAreTold(t *testing.T) {
	t.Parallel()
	_, err := load(strings.NewReplacer("7天", "8天", "周日", "周六").Replace(sound), sound)
	if err == nil {
		t.Fatal("it was read")
	}
	want := "holidays/a.txt:3: from 2020-01-24 to 2020-01-30 are 7天, not 8天\nholidays/a.txt:4: 2020-01-19 is a 周日, not 周六\nholidays/b.txt:1: the year 2020 is arranged twice"
	if !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if _, err := LoadHolidays(fstest.MapFS{}, "["); err == nil {
		t.Error("a pattern that is none was read")
	}
	if _, err := LoadHolidays(fstest.MapFS{"folder.txt/x": {}}, "*.txt"); err == nil {
		t.Error("a folder was read")
	}
}

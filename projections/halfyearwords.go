package projections

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Sentences tells the report in the words of the county's own (source 004).
// place is the region's name.
func (h *HalfYear) Sentences(place string) []string {
	year, month := h.AsOf.YearMonth()
	half := "上半年"
	if month > time.June {
		half = "下半年"
	}
	first := fmt.Sprintf("截至%s，%s累计纳入监测对象%s（%s）", h.AsOf.Chinese(), place, h.Cumulative.Sum, h.Cumulative.ByClass)
	first += fmt.Sprintf("，已消除风险%s，风险消除率%s（按户%s）", h.Eliminated.Decided, percent(h.Eliminated.RateByPersons), percent(h.Eliminated.RateByHouseholds))
	first += fmt.Sprintf("，其中已公告%s、已系统标注%s。", h.Eliminated.Announced, h.Eliminated.Marked)
	sentences := []string{
		first,
		fmt.Sprintf("其中%d年新识别纳入监测对象%s（%s）。", year, h.New.Sum, h.New.ByClass),
		fmt.Sprintf("未消除风险%s，其中非整户无劳动力%d户、整户无劳动力%d户。", h.NotEliminated.Sum, h.NotEliminated.WithLabour, h.NotEliminated.WithoutLabour),
		h.period(year, half),
		fmt.Sprintf("监测户累计落实帮扶措施%d条，户均%s条。", h.Measures.Count, strconv.FormatFloat(h.Measures.PerHousehold, 'f', 2, 64)),
	}
	if h.Closed.Households > 0 {
		sentences = append(sentences, fmt.Sprintf("自然减少%s，不计入风险消除。", h.Closed))
	}
	if h.Fallen.Households > 0 {
		sentences = append(sentences, fmt.Sprintf("实际返贫致贫%s。", h.Fallen))
	}
	line := "未定"
	if h.IncomeLine != nil {
		line = fmt.Sprintf("%d元", *h.IncomeLine)
	}
	sentences = append(sentences, fmt.Sprintf("%d年监测范围（人均纯收入）为%s。", year, line), h.basis())
	return sentences
}

func (h *HalfYear) period(year int, half string) string {
	p := h.EliminatedInPeriod
	s := fmt.Sprintf("%d年%s消除%s", year, half, p.Decided)
	var open []string
	if p.Announced.Households < p.Decided.Households {
		open = append(open, fmt.Sprintf("待公告%d户", p.Decided.Households-p.Announced.Households))
	}
	if p.Marked.Households < p.Decided.Households {
		open = append(open, fmt.Sprintf("待系统标注%d户", p.Decided.Households-p.Marked.Households))
	}
	if len(open) > 0 {
		s += "（已完成评估认定，" + strings.Join(open, "、") + "）"
	}
	return s + "。"
}

func (h *HalfYear) basis() string {
	persons := "人数为首次纳入当日计入的家庭成员"
	if h.Basis.Persons == string(Current) {
		persons = "人数为截至当日计入的家庭成员"
	}
	return "口径：每户按首次纳入计一次，类别为首次审定类别；" + persons + "。"
}

// String is "3户12人".
func (s Sum) String() string { return fmt.Sprintf("%d户%d人", s.Households, s.Persons) }

// String lists the classes with their official terms.
func (b ByClass) String() string {
	return fmt.Sprintf("脱贫不稳定户%s、边缘易致贫户%s、突发严重困难户%s", b.Unstable, b.Marginal, b.Sudden)
}

func percent(rate float64) string { return strconv.FormatFloat(rate*100, 'f', 2, 64) + "%" }

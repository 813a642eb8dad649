package web

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// workbook is an Excel file in the making. Its rows go to a temporary file once
// they are many, so that a county's ledger does not stand in memory.
type workbook struct {
	file   *excelize.File
	header int // style of the heads of columns
	bears  mark
}

// newWorkbook begins a file that bears the mark on every sheet.
func newWorkbook(m mark) (*workbook, error) {
	b := &workbook{file: excelize.NewFile(), bears: m}
	style, err := b.file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6EAF0"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	if err != nil {
		return nil, fmt.Errorf("style of a workbook: %w", err)
	}
	b.header = style
	return b, b.file.SetDocProps(&excelize.DocProperties{Creator: "守望", Title: m.title, Description: m.line()})
}

// sheet is one sheet of it, written from the top.
type sheet struct {
	*excelize.StreamWriter
	row int
}

// sheet begins a sheet with the heads of its columns, under the mark in words.
// Sheets are written one after another.
func (b *workbook) sheet(name string, heads []heading) (*sheet, error) {
	if err := b.named(name); err != nil {
		return nil, err
	}
	landscape, a4, wide, tall := "landscape", 9, 1, 0
	fit := true
	for _, err := range []error{
		b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}),
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: "&C" + doubled(b.bears.title), OddFooter: "&L" + doubled(b.bears.line()) + "&R&P / &N"}),
		b.file.SetSheetBackgroundFromBytes(name, ".png", b.bears.picture()),
	} {
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	s := &sheet{StreamWriter: w}
	for i, h := range heads {
		if err := w.SetColWidth(i+1, i+1, h.width); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	titles := make([]any, len(heads))
	for i, h := range heads {
		titles[i] = excelize.Cell{StyleID: b.header, Value: h.name}
	}
	if err := s.add([]any{b.bears.line()}); err != nil {
		return nil, err
	}
	return s, s.add(titles)
}

// named gives the first sheet its name, or adds another.
func (b *workbook) named(name string) error {
	if b.file.SheetCount == 1 && b.file.GetSheetName(0) == "Sheet1" {
		return b.file.SetSheetName("Sheet1", name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// heading is the head of a column, with its width in characters.
type heading struct {
	name  string
	width float64
}

func (s *sheet) add(values []any) error {
	s.row++
	cell, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	return s.SetRow(cell, values)
}

// send writes the whole file.
func (b *workbook) send(w io.Writer) error {
	_, err := b.file.WriteTo(w)
	return err
}

// doubled writes what a header or footer of a sheet would take for a code.
func doubled(s string) string {
	var out []rune
	for _, r := range s {
		if r == '&' {
			out = append(out, r)
		}
		out = append(out, r)
	}
	return string(out)
}

package tell

import "shouwang/domain/code"

// instruments says which forms of help the document lists, and whose they are.
func (w *writer) instruments() {
	for _, i := range w.pack.Instruments {
		units, whom := "文件未写责任单位", ""
		if i.Units != "" {
			units = "责任单位：" + i.Units
		}
		if len(i.Departments) > 0 {
			units += "，可由" + departments(i.Departments) + "牵头"
		}
		if i.Whom != "" {
			whom = "，对象：" + i.Whom
		}
		w.add("帮扶方式·"+i.Code, "%s（%s）%s；%s(%s)", i.ZH, code.MeasureClasses.ZH(string(i.Class)), whom, units, i.Cite)
	}
}

package tell

// indicators says by which signs households are warned of (预警指标).
func (w *writer) indicators() {
	for _, i := range w.pack.Indicators {
		w.add("预警指标·"+i.Code, "%s。%s", i.ZH, basis(i.Basis, i.Cite, i.Reason))
	}
}

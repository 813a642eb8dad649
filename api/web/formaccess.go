package web

// formEntries are the routes of the forms, each as the work is done: by meeting,
// by sheet, by list.
func (s *site) formEntries() []entry {
	return []entry{
		{"GET", "/forms", area, caseworkers, s.forms},
		{"GET", "/meetings/new", area, caseworkers, s.meetingForm},
		{"POST", "/meetings", area, caseworkers, s.meeting},
		{"GET", "/meetings/{meeting}", onePaper, replayers, s.meetingHeld},
		{"GET", "/meetings/{meeting}/photos/{hash}", onePaper, replayers, s.meetingFile},
		{"GET", "/sheets/new", area, caseworkers, s.sheetForm},
		{"POST", "/sheets/preview", area, caseworkers, s.freeze},
		{"POST", "/sheets", area, caseworkers, s.postSheet},
		{"GET", "/sheets/{sheet}", onePaper, replayers, s.sheet},
		{"GET", "/sheets/{sheet}/print", onePaper, caseworkers, s.sheetPrint},
		{"GET", "/sheets/{sheet}/photos/{hash}", onePaper, replayers, s.sheetFile},
		{"POST", "/sheets/{sheet}/objections", onePaper, caseworkers, s.object},
		{"POST", "/sheets/{sheet}/inquiries", onePaper, caseworkers, s.inquire},
		{"POST", "/sheets/{sheet}/answers", onePaper, caseworkers, s.answer},
		{"POST", "/sheets/{sheet}/struck-lines", onePaper, caseworkers, s.strike},
		{"POST", "/sheets/{sheet}/removal", onePaper, caseworkers, s.remove},
		{"GET", "/lists/{kind}/new", area, caseworkers, s.listForm},
		{"POST", "/lists/{kind}", area, caseworkers, s.list},
		{"GET", "/lists/{document}", onePaper, replayers, s.listed},
		{"GET", "/lists/{document}/photos/{hash}", onePaper, replayers, s.listFile},
		{"GET", "/households/forms/{form}", area, helpers, s.caseFormPage},
		{"POST", "/households/forms/{form}", area, helpers, s.enterCase},
		{"GET", "/households/{household}/forms/{form}", oneHousehold, helpers, s.caseFormPage},
		{"POST", "/households/{household}/forms/{form}", oneHousehold, helpers, s.enterCase},
	}
}

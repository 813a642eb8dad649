package web

// bookReaders see funds and their lists, with the names of whom they paid.
var bookReaders = replayers

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
		{"GET", "/screenings/new", area, screeners, s.siftingForm},
		{"POST", "/screenings", area, screeners, s.sift},
		{"GET", "/screenings/{document}", onePaper, screeners, s.siftingFiled},
		{"GET", "/studies/new", area, treasurers, s.studyForm},
		{"POST", "/studies", area, treasurers, s.study},
		{"GET", "/studies/{study}", onePaper, replayers, s.studyHeld},
		{"GET", "/studies/{study}/photos/{hash}", onePaper, replayers, s.studyFile},
		{"GET", "/forms/{form}", area, caseworkers, s.placeFormPage},
		{"POST", "/forms/{form}", area, caseworkers, s.enterPlace},
		{"GET", "/funds", area, bookReaders, s.funds},
		{"GET", "/funds/{fund}", area, bookReaders, s.fund},
		{"GET", "/funds/{fund}/approvals/new", area, treasurers, s.grantForm},
		{"POST", "/funds/{fund}/approvals", area, treasurers, s.grant},
		{"GET", "/funds/{fund}/payments/new", area, treasurers, s.grantForm},
		{"POST", "/funds/{fund}/payments", area, treasurers, s.grant},
		{"GET", "/duties", area, caseworkers, s.duties},
		{"GET", "/checks/{check}", area, caseworkers, s.check},
		{"GET", "/households/forms/{form}", area, helpers, s.caseFormPage},
		{"POST", "/households/forms/{form}", area, helpers, s.enterCase},
		{"GET", "/households/{household}/forms/{form}", oneHousehold, helpers, s.caseFormPage},
		{"POST", "/households/{household}/forms/{form}", oneHousehold, helpers, s.enterCase},
	}
}

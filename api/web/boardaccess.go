package web

import (
	"slices"

	"shouwang/domain/account"
)

var (
	// sheetReaders look at sheets, with the names as they hang or hung on the wall.
	sheetReaders = append(slices.Clip(caseworkers), account.Discipline, account.NoticeChecker)
	// spotters look at the board themselves.
	spotters = []account.Role{account.NoticeChecker, account.Discipline}
	// unsealers may have who objected opened, if they are of a level above the offices concerned.
	unsealers = []account.Role{account.Discipline}
	// commissioners may order inquiries into objections, if they are above who is concerned.
	commissioners = []account.Role{account.Township, account.County, account.Discipline}
	// appointable are all whom an inquiry may be given to: everybody in office.
	appointable = append(slices.Clip(readers), account.NoticeChecker)
)

// boardEntries are the routes of the notice board: its inspectors' desk, and what
// anybody may see and send without logging in.
func (s *site) boardEntries() []entry {
	return []entry{
		{"GET", "/notices", area, sheetReaders, s.noticeDesk},
		{"GET", "/notices/tomorrow", area, sheetReaders, s.noticeRounds},
		{"GET", "/notices/compliance", area, sheetReaders, s.noticeCompliance},
		{"GET", "/notices/{sheet}", onePaper, sheetReaders, s.noticeSheet},
		{"GET", "/notices/{sheet}/photos/{hash}", onePaper, sheetReaders, s.noticePhoto},
		{"POST", "/notices/{sheet}/inspections", onePaper, spotters, s.inspect},
		{"POST", "/notices/{sheet}/inspections/{inspection}/withdrawal", onePaper, spotters, s.withdrawInspection},
		{"POST", "/notices/{sheet}/objections/{objection}/objector", onePaper, unsealers, s.objector},
		{"POST", "/notices/{sheet}/objections/{objection}/inquirers", onePaper, commissioners, s.appointInquirer},
		{"POST", "/notices/{sheet}/inquirers/{appointment}/voiding", onePaper, commissioners, s.voidInquirer},
		{"GET", "/inquiries", area, appointable, s.inquiries},
		{"POST", "/inquiries/{notice}/{objection}/objector", area, appointable, s.inquiredObjector},
		{"POST", "/inquiries/{notice}/{objection}/findings", area, appointable, s.enterFindings},
		{"GET", "/board/{village}", anybody, nil, s.board},
		{"POST", "/board/{village}/objections", anybody, nil, s.publicObjection},
		{"GET", "/apply/{village}", anybody, nil, s.applyForm},
		{"POST", "/apply/{village}", anybody, nil, s.apply},
		{"GET", "/track", anybody, nil, s.trackForm},
		{"POST", "/track", anybody, nil, s.track},
		{"GET", "/applications", area, caseworkers, s.applications},
		{"GET", "/households/{household}/application", oneHousehold, caseworkers, s.application},
		{"GET", "/households/{household}/application/photos/{hash}", oneHousehold, caseworkers, s.applicationPhoto},
		{"POST", "/households/{household}/application/contact", oneHousehold, caseworkers, s.applicationContact},
		{"POST", "/households/{household}/application/refusal", oneHousehold, caseworkers, s.refuseApplication},
		{"GET", "/applications/new", area, caseworkers, s.assistedForm},
		{"POST", "/applications", area, caseworkers, s.assist},
		{"GET", "/poster", area, caseworkers, s.poster},
	}
}

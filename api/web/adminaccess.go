package web

import "shouwang/domain/account"

// examiners look whether the installation is sound.
var examiners = []account.Role{account.SystemAdmin, account.AuditAdmin}

// adopters decide which pack the county follows.
var adopters = []account.Role{account.County}

// adminEntries are the routes by which offices, responsibilities and the
// installation are looked after.
func (s *site) adminEntries() []entry {
	return []entry{
		{"GET", "/places", area, readers, s.places},
		{"GET", "/handovers/new", area, caseworkers, s.handoverForm},
		{"POST", "/handovers", area, caseworkers, s.handOver},
		{"GET", "/packs", area, readers, s.rules},
		{"POST", "/packs/preview", area, adopters, s.previewPack},
		{"POST", "/packs", area, adopters, s.adoptPack},
		{"GET", "/admin/check", system, examiners, s.selfCheck},
		{"POST", "/admin/check", system, examiners, s.examined},
	}
}

package api

import (
	"shouwang/domain/code"
	"shouwang/projections"
)

// Whoever does not work with the households' people is told 王*某, here as on the
// pages.

func maskMembers(members []FileMember) {
	for i := range members {
		members[i].Name = code.MaskName(members[i].Name)
	}
}

func maskHeads(rows []projections.Household) {
	for i := range rows {
		rows[i].Head = code.MaskName(rows[i].Head)
	}
}

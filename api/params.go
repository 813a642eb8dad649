package api

import (
	"github.com/danielgtaylor/huma/v2"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

// listsByParameter are the code lists of parameters, by operation and name.
var listsByParameter = map[string]map[string]code.List{
	"list-households":     {"kind": code.Kinds, "class": code.Classes, "stage": household.Stages, "risk": code.Risks},
	"list-notices":        {"state": projections.NoticeStates},
	"list-clues":          {"channel": code.Channels, "department": code.Departments, "result": code.ClueResults},
	"list-visits":         {"kind": code.VisitKinds},
	"list-special-groups": {"list": code.GroupLists, "group": code.SpecialGroups},
	"list-owed":           {"level": code.Levels, "kind": projections.OwedKinds},
}

// finishParameters writes code lists into the parameters' schemas, which are
// also what parameters are held against.
func (s *server) finishParameters() {
	for _, item := range s.huma.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post} {
			if op == nil {
				continue
			}
			for _, p := range op.Parameters {
				if l, ok := listsByParameter[op.OperationID][p.Name]; ok {
					enumerate(p.Schema, l)
					p.Description = p.Schema.Description
				}
			}
		}
	}
}

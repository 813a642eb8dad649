package api

import (
	"context"

	"shouwang/domain/office"
)

// Assignment is an office that answers for a village on a day, with both names
// as of that day.
type Assignment struct {
	office.Assignment
	OfficeName  string `json:"office_name"`
	VillageName string `json:"village_name"`
}

// Kin is a declaration of near kin with the term of the relation.
type Kin struct {
	office.Kinship
	RelationName string `json:"relation_name"`
}

func (s *server) assignments(g subject) {
	get(g, "/village-assignments", "list-village-assignments", "某日的包保机构", func(_ context.Context, in *struct {
		OnDay
		Region string `query:"region" maxLength:"15" doc:"行政区划代码：含其下各村；不填为全部"`
	}) (*answer[list[Assignment]], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		out := list[Assignment]{Items: []Assignment{}}
		err = s.Handler.Directory.View(func(d *office.Directory) error {
			for _, a := range d.Assignments(in.Region, day) {
				at, _ := d.Office(a.Office, day)
				village, _ := d.Region(a.Village, day)
				out.Items = append(out.Items, Assignment{a, at.Name, village.Name})
			}
			return nil
		})
		return answerOf(out), err
	})
}

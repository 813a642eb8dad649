package api

import (
	"context"
	"time"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
)

// Root says what log this is and what day it is in it.
type Root struct {
	Name          string       `json:"name"`
	Version       string       `json:"version"`
	Log           string       `json:"log" doc:"档案库编号"`
	Clock         act.Clock    `json:"clock" enum:"real,demonstration"`
	Demonstration bool         `json:"demonstration" doc:"演示库：全部人员和事项均为虚构"`
	Notice        string       `json:"notice,omitzero"`
	Today         calendar.Day `json:"today" doc:"本档案库的今天"`
	Now           time.Time    `json:"now"`
	Document      string       `json:"document" doc:"OpenAPI"`
}

const demonstrationNotice = "演示数据：县、人员、事项全部虚构"

func (s *server) root() {
	get(s.about("本库"), "", "root", "本库：编号、今天、是否演示", func(context.Context, *struct{}) (*answer[Root], error) {
		info := s.Handler.Directory.Info()
		r := Root{Name: "守望", Version: s.huma.OpenAPI().Info.Version, Log: info.Log, Clock: info.Clock, Demonstration: info.Demonstration(),
			Today: s.today(), Now: s.Handler.Clock(), Document: documentPath}
		if r.Demonstration {
			r.Notice = demonstrationNotice
		}
		return answerOf(r), nil
	})
}

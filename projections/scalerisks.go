package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/duty"
)

//go:embed owed/scalerisks.sql
var scaleRisksSQL string

// scaleRisk is a risk of the watch list as an office's stream tells it.
type scaleRisk struct {
	duty.ScaleRiskWatched
	listed, followed, ended calendar.Day
	reason                  string
}

// watch takes in what is told of the watch list.
func (o *office) watch(e duty.Event, on calendar.Day) {
	switch e := e.(type) {
	case duty.ScaleRiskWatched:
		o.scale = append(o.scale, scaleRisk{ScaleRiskWatched: e, listed: on})
	case duty.ScaleRiskFollowed:
		if r := o.onList(e.Risk); r != nil && on >= r.followed {
			r.Households, r.Measures, r.followed = e.Households, e.Measures, on
		}
	case duty.ScaleRiskEnded:
		if r := o.onList(e.Risk); r != nil {
			r.ended, r.reason = on, string(e.Reason)
		}
	default: // not of the list
	}
}

func (o *office) onList(id string) *scaleRisk {
	for i := range o.scale {
		if o.scale[i].Risk == id && o.scale[i].ended == 0 {
			return &o.scale[i]
		}
	}
	return nil
}

func (d *dossier) scaleRows(w *Rows) {
	for _, r := range d.office.scale {
		w.Row()
		w.Text(r.Risk)
		w.Text(r.Region)
		w.Text(r.Kind)
		w.Day(max(r.Since, 1))
		w.Day(max(r.listed, 1))
		w.Text(string(r.Area))
		w.Int4(int32(r.Households))
		w.Text(string(r.Content))
		w.Text(string(r.Measures))
		w.Day(r.followed)
		w.Day(r.ended)
		w.Text(r.reason)
		w.Text(r.Document)
	}
}

// ScaleRisk is a line of the watch list of scale risks (规模性返贫风险, S2.10).
// Households and Measures are as told last, on Followed.
type ScaleRisk struct {
	Risk       string       `json:"risk"`
	Office     string       `json:"office"`
	Region     string       `json:"region"`
	Kind       string       `json:"kind"` // code.ScaleRisks
	Since      calendar.Day `json:"since"`
	Listed     calendar.Day `json:"listed"`
	Area       string       `json:"area,omitzero"`
	Households int          `json:"households"`
	Content    string       `json:"content"`
	Measures   string       `json:"measures,omitzero"`
	Followed   calendar.Day `json:"followed,omitzero"`
	Ended      calendar.Day `json:"ended,omitzero"`
	Reason     string       `json:"reason,omitzero"`
	Document   string       `json:"document,omitzero"`
}

// ScaleRisks returns the watch list, the latest risk first; open leaves out those
// taken off it. No kind means all, nil regions are everywhere.
func (l *OwedList) ScaleRisks(ctx context.Context, regions []string, kind string, open bool) ([]ScaleRisk, error) {
	all, err := collectAs(ctx, l.pool, scaleRisksSQL, pgx.NamedArgs{"all_regions": regions == nil, "regions": regions, "kind": kind, "open": open},
		func(row pgx.CollectableRow, r *ScaleRisk) error {
			return row.Scan(&streamID{&r.Office}, &r.Risk, &r.Region, &r.Kind, dayOf(&r.Since), dayOf(&r.Listed), &r.Area, &r.Households, &r.Content,
				&r.Measures, dayOf(&r.Followed), dayOf(&r.Ended), &r.Reason, &r.Document)
		})
	if err != nil {
		return nil, fmt.Errorf("read the watch list of scale risks: %w", err)
	}
	return all, nil
}

package projections

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
)

var (
	//go:embed owed/checks.sql
	checksSQL string
	//go:embed owed/villages.sql
	villagesSQL string
	//go:embed owed/sought.sql
	soughtSQL string
)

// Check is a concentrated check (集中排查) with how far it has come.
type Check struct {
	ID      string       `json:"id"`
	Version int64        `json:"version"`
	Region  string       `json:"region"`
	Title   string       `json:"title"`
	Duty    string       `json:"duty,omitzero"`
	From    calendar.Day `json:"from"`
	To      calendar.Day `json:"to"`
	Ended   calendar.Day `json:"ended,omitzero"`
	Summary string       `json:"summary,omitzero"`

	// Three noes (三不, S4.10): of how many villages, households and groups how
	// many were reached. Households and groups are those of the villages that
	// reported; of the others nobody has said how many there are.
	Villages         int `json:"villages"`
	VillagesReported int `json:"villages_reported"`
	Households       int `json:"households"`
	Checked          int `json:"checked"`
	Groups           int `json:"groups"`
	GroupsChecked    int `json:"groups_checked"`
	Found            int `json:"found"`
	// Complete: every village reported and left no household and no group out.
	Complete bool `json:"complete"`
}

// CheckVillage is one village of a check. Reported is none where it has not yet.
type CheckVillage struct {
	Village       string       `json:"village"`
	Name          string       `json:"name,omitzero"`
	Reported      calendar.Day `json:"reported,omitzero"`
	Households    int          `json:"households"`
	Checked       int          `json:"checked"`
	Groups        int          `json:"groups"`
	GroupsChecked int          `json:"groups_checked"`
	Found         int          `json:"found"`
	Note          string       `json:"note,omitzero"`
	// Monitored are its households under monitoring now, Visited those of them
	// whose file has a visit of the check.
	Monitored int `json:"monitored"`
	Visited   int `json:"visited"`
}

// CheckWithVillages is a check, village by village.
type CheckWithVillages struct {
	Check
	ByVillage []CheckVillage `json:"by_village"`
}

// Checks returns the concentrated checks that began in a year or, with none, all,
// the last first; regions are those in which they are held, nil is everywhere.
func (l *OwedList) Checks(ctx context.Context, regions []string, year int, id string) ([]Check, error) {
	all, err := collectAs(ctx, l.pool, checksSQL, pgx.NamedArgs{"all_regions": regions == nil, "regions": regions, "year": year, "id": id},
		func(row pgx.CollectableRow, c *Check) error {
			var stream string
			err := row.Scan(&stream, &c.Version, &c.Region, &c.Title, &c.Duty, dayOf(&c.From), dayOf(&c.To), dayOf(&c.Ended), &c.Summary,
				&c.VillagesReported, &c.Households, &c.Checked, &c.Groups, &c.GroupsChecked, &c.Found)
			c.ID = subject(stream)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read the concentrated checks: %w", err)
	}
	return all, nil
}

// Check returns one check with each of the villages that stand within its region
// on its last day, reported or not.
func (l *OwedList) Check(ctx context.Context, id string, villages func(region string, on calendar.Day) []CheckVillage) (CheckWithVillages, error) {
	var out CheckWithVillages
	found, err := l.Checks(ctx, nil, 0, id)
	if err != nil {
		return out, err
	}
	if len(found) == 0 {
		return out, fmt.Errorf("check %s: %w", id, ErrNotFound)
	}
	out.Check = found[0]
	out.ByVillage = villages(out.Region, out.To)
	at := map[string]*CheckVillage{}
	for i := range out.ByVillage {
		at[out.ByVillage[i].Village] = &out.ByVillage[i]
	}
	var v CheckVillage
	err = l.each(ctx, villagesSQL, pgx.NamedArgs{"id": id}, []any{&v.Village, dayOf(&v.Reported), &v.Households, &v.Checked, &v.Groups, &v.GroupsChecked, &v.Found, &v.Note}, func() {
		if have := at[v.Village]; have != nil {
			v.Name = have.Name
			*have = v
		}
	})
	if err != nil {
		return out, err
	}
	var region string
	var monitored, visited int
	err = l.each(ctx, soughtSQL, pgx.NamedArgs{"from_day": dateOf(out.From), "to_day": dateOf(out.To)}, []any{&region, &monitored, &visited}, func() {
		if have := at[region]; have != nil {
			have.Monitored, have.Visited = monitored, visited
		}
	})
	out.count()
	return out, err
}

// count adds up the villages.
func (c *CheckWithVillages) count() {
	c.Villages, c.Complete = len(c.ByVillage), len(c.ByVillage) > 0
	for _, v := range c.ByVillage {
		c.Complete = c.Complete && v.Reported != 0 && v.Checked == v.Households && v.GroupsChecked == v.Groups
	}
}

// Only leaves the villages that are wanted, and adds them up again: what of a
// county's check concerns one of its townships.
func (c *CheckWithVillages) Only(wanted func(village string) bool) {
	c.ByVillage = slices.DeleteFunc(c.ByVillage, func(v CheckVillage) bool { return !wanted(v.Village) })
	c.VillagesReported, c.Households, c.Checked, c.Groups, c.GroupsChecked, c.Found = 0, 0, 0, 0, 0, 0
	for _, v := range c.ByVillage {
		if v.Reported != 0 {
			c.VillagesReported++
		}
		c.Households, c.Checked, c.Groups, c.GroupsChecked, c.Found = c.Households+v.Households, c.Checked+v.Checked, c.Groups+v.Groups, c.GroupsChecked+v.GroupsChecked, c.Found+v.Found
	}
	c.count()
}

func (l *OwedList) each(ctx context.Context, sql string, args pgx.NamedArgs, scans []any, take func()) error {
	rows, err := l.pool.Query(ctx, sql, args)
	if err == nil {
		_, err = pgx.ForEachRow(rows, scans, func() error { take(); return nil })
	}
	if err != nil {
		return fmt.Errorf("read how far a check has come: %w", err)
	}
	return nil
}

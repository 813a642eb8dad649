package projections

import (
	"context"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed register/tables.sql
var registerTables string

// RegisterName names the register for waiting and rebuilding.
const RegisterName = "register"

// RegisterConfig is what the register needs to be found by ID number. Without
// Sealers ID numbers are left out.
type RegisterConfig struct {
	// Sealers returns what opens the personal fields of each subject.
	Sealers func(ctx context.Context, subjects []string) (map[string]wire.Sealer, error)
	// Hash is a keyed hash: the same value for the same purpose gives the same
	// bytes, and tells nobody without the key what the value was.
	Hash func(purpose, value string) []byte
}

// ledger is the state of one household in the register.
type ledger struct {
	household.State
	stream   string
	clueName string // whom an unconfirmed clue is about
	national string
	flags    int
	sealed   []sealedID
	ids      []int64 // search keys of opened ID numbers
	search   search
}

// sealedID is an ID number not opened yet, and its place in its event.
type sealedID struct{ field, value string }

// Register is the current ledger as a read model.
func Register(c RegisterConfig) Model {
	return Spec[ledger]{
		Name: RegisterName, Version: 5, Fields: eventlog.WithData | eventlog.WithMeta,
		Schema: Schema{Tables: registerTables, Indexes: []string{
			`create index households_search on households using gin (keys)`, // takes longest
			`create unique index households_pkey on households (stream)`,
			`create index households_by_stage on households (stage, class, place)`,
			`create index households_by_place on households (place)`,
			`create index households_red on households (red_since) where red_since is not null`,
			`create unique index totals_pkey on totals (region, kind, class, stage)`,
			`create unique index incomes_pkey on incomes (stream, year)`,
		}},
		Wants:    isHousehold,
		Fold:     foldLedger,
		Revises:  revises,
		Struck:   struckFacts,
		Complete: c.openIDs,
		Tables: []Table[ledger]{
			{Name: "households", Columns: householdColumns, Rows: (*ledger).row, Single: true},
			{Name: "incomes", Columns: []string{"year", "fen"}, Rows: (*ledger).incomes},
		},
		Totals: []Totals[ledger]{{
			Name: "totals", By: []string{"region", "kind", "class", "stage"},
			Sums: []string{"households", "persons", "persons_included"}, Of: (*ledger).count,
		}},
	}.Model()
}

func foldLedger(l *ledger, rec eventlog.Record, struck bool) error {
	l.Version, l.stream = int64(rec.Version), rec.Stream
	if struck {
		return nil
	}
	f, err := ledgerFact(rec)
	if err != nil {
		return err
	}
	switch e := f.Event.(type) {
	case household.HouseholdRegistered:
		l.seal("members", e.Members...)
		l.national = e.National
	case household.MemberAdded:
		l.seal("", e.Member)
	case household.MembersReceived:
		l.seal("members", e.Members...)
	case household.DocumentSupplied:
		l.sealed = append(l.sealed, sealedID{"id_number", string(e.IDNumber)})
	case household.CaseBroughtForward:
		l.nationalNo(e.National)
	case household.SystemEntered:
		l.nationalNo(e.National)
	case household.ClueRecorded:
		if l.clueName == "" {
			l.clueName = e.Name
		}
	case household.FlagRaised:
		l.flags++
	default: // the domain's state has the rest
	}
	id := l.ID
	if id == "" {
		id = subject(rec.Stream)
	}
	l.State = household.Evolve(l.State, f)
	l.ID = id
	return nil
}

func (l *ledger) nationalNo(n string) {
	if n != "" {
		l.national = n
	}
}

// seal remembers the members' ID numbers. A list of members has their places in
// its field names, a single member has none.
func (l *ledger) seal(list string, members ...household.Member) {
	for i, m := range members {
		if m.IDNumber == "" {
			continue
		}
		field := "member/id_number"
		if list != "" {
			field = list + "/" + strconv.Itoa(i) + "/id_number"
		}
		l.sealed = append(l.sealed, sealedID{field, string(m.IDNumber)})
	}
}

// openIDs turns sealed ID numbers into search keys.
func (c RegisterConfig) openIDs(ctx context.Context, _ ReadStream, states []*ledger) error {
	if c.Sealers == nil {
		return nil
	}
	var subjects []string
	for _, l := range states {
		if len(l.sealed) > 0 {
			subjects = append(subjects, l.stream)
		}
	}
	if len(subjects) == 0 {
		return nil
	}
	sealers, err := c.Sealers(ctx, subjects)
	if err != nil {
		return &logError{fmt.Errorf("read keys of %d households: %w", len(subjects), err)}
	}
	for _, l := range states {
		for _, s := range l.sealed {
			sealer := sealers[l.stream]
			if sealer == nil {
				return fmt.Errorf("%s has no key", l.stream)
			}
			number, err := sealer.Open(s.field, s.value)
			if err != nil {
				return fmt.Errorf("open %s of %s: %w", s.field, l.stream, err)
			}
			l.ids = append(l.ids, c.idKeys(number)...)
		}
		l.sealed = nil
	}
	return nil
}

// headName is the name the household goes by.
func (l *ledger) headName() string {
	for _, m := range l.Members {
		if m.ID == l.Head {
			return m.Name
		}
	}
	return l.clueName
}

// place is the household's place in the reading order. The hash tells apart two
// files of one village whose short numbers happen to be the same.
func (l *ledger) place() string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(l.ID)) // a hash takes everything
	number := strings.TrimPrefix(l.FileNo, l.Region)
	return l.Region + number + "-" + hex.EncodeToString(h.Sum(nil))
}

// class is that of the current episode.
func (l *ledger) class() code.Class {
	if e := l.Episode(); e != nil {
		return e.Class
	}
	return ""
}

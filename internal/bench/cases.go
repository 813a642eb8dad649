package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

const (
	// longFile is how many events the file of a household holds that was helped
	// for ten years.
	longFile = 300
	// longFiles are read in turn, so that none stays in the processor's caches.
	longFiles = 50

	bareAppends = "只追加,不办理"
	bareReading = "只读出并解码"
)

// decide measures what a case costs besides its record: deciding on a folded
// file, folding a long one, and entering acts while nobody follows.
func (r *run) decide(ctx context.Context) (err error) {
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	f, err := d.followed(ctx, 2) // Run is never called
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	u, err := newUsers(ctx, f)
	if err != nil {
		return err
	}
	if err := r.warm(ctx, u); err != nil {
		return err
	}
	if err := importLongFiles(ctx, f.log); err != nil {
		return err
	}
	if err := r.cold(ctx, u); err != nil {
		return err
	}
	return r.onFolded(ctx, u)
}

// warm measures acts on households in hand beside appends of as many bytes.
func (r *run) warm(ctx context.Context, u *users) error {
	p, err := newPayload()
	if err != nil {
		return err
	}
	w := &appending{log: u.log, payload: p, ids: newIDs()}
	entering := cell{name: "commands without followers", measure: func(ctx context.Context) (sample, error) {
		return drive(ctx, commandUsers, r.Each, u.visit)
	}}
	samples, err := r.interleave(ctx, true, entering, w.cell(commandUsers, r))
	if err != nil {
		return err
	}
	r.add(Row{Bench: Decide, Case: fmt.Sprintf("办理(%d 人同时,状态已在内存,无人跟随)", commandUsers), Beside: bareAppends, Unit: unitActs, Reach: 0.5}, samples[0], samples[1])
	return nil
}

// cold measures folding long files from the record beside reading them.
func (r *run) cold(ctx context.Context, u *users) error {
	reading := func(fold func(id string, facts []household.Fact)) cell {
		return cell{name: "long files", measure: func(ctx context.Context) (sample, error) {
			var s sample
			// At least once through, so that there is processor time to speak of.
			for begin := time.Now(); s.count == 0 || time.Since(begin) < r.Each; s.count += longFiles {
				for n := range longFiles {
					id := longID(n)
					facts, err := u.handler.Facts(ctx, id)
					if err != nil {
						return s, err
					}
					if len(facts) != longFile {
						return s, fmt.Errorf("%s holds %d facts", id, len(facts))
					}
					fold(id, facts)
				}
			}
			return s, nil
		}}
	}
	loading := reading(func(id string, facts []household.Fact) { _ = household.Fold(id, facts, household.Times{}) })
	decoding := reading(func(string, []household.Fact) {})
	samples, err := r.interleave(ctx, true, loading, decoding)
	if err != nil {
		return err
	}
	r.add(Row{Bench: Decide, Case: fmt.Sprintf("从记录装载一户(%d 条),处理器时间", longFile), Beside: bareReading, Unit: unitMicros, Reach: 1.5, AtMost: true},
		costs(samples[0]), costs(samples[1]))
	return nil
}

// costs are samples of processor time in microseconds.
func costs(samples []sample) []sample {
	spent := make([]sample, len(samples))
	for i, s := range samples {
		spent[i] = sample{value: float64(micros(s.cost)), others: s.others, unknown: s.unknown}
	}
	return spent
}

// onFolded measures Decide and Evolve alone.
func (r *run) onFolded(ctx context.Context, u *users) error {
	id := longID(0)
	facts, err := u.handler.Facts(ctx, id)
	if err != nil {
		return err
	}
	folded := household.Fold(id, facts, household.Times{})
	today := calendar.Of(time.Now())
	pack, ok := u.handler.Directory.Pack(benchVillage, today)
	if !ok {
		return errors.New("no pack is in force")
	}
	a := someAct(today.String())
	a.Today, a.Pack = today, pack.Ref()
	one := cell{name: "decide and evolve", measure: func(ctx context.Context) (sample, error) {
		return drive(ctx, 1, r.Each, func(_ context.Context, _, n int) error { return decideOn(folded, n, a, pack) })
	}}
	samples, err := r.interleave(ctx, true, one)
	if err != nil {
		return err
	}
	r.add(Row{Bench: Decide, Case: fmt.Sprintf("Decide 与 Evolve,一户 %d 条", longFile), Unit: unitActs}, samples[0], nil)
	return nil
}

func decideOn(s household.State, n int, a act.Act, pack policy.Pack) error {
	events, err := household.Decide(s, household.RecordVisit(visit(n)), a, pack)
	if err != nil {
		return fmt.Errorf("decide: %w", err)
	}
	for i, e := range events {
		s = household.Evolve(s, household.Fact{ID: a.Key, Version: s.Version + int64(i) + 1, Act: a, Event: e})
	}
	return nil
}

func longID(n int) string { return scattered(2, uint64(n)).String() }

// importLongFiles writes the files: registered once, then income sheets,
// measures and visits for years.
func importLongFiles(ctx context.Context, log eventlog.Log) error {
	importer, ok := log.(eventlog.Importer)
	if !ok {
		return errors.New("the log takes no imports")
	}
	texts, err := newTemplates()
	if err != nil {
		return err
	}
	_, err = importer.Import(ctx, longLives(texts))
	return err
}

func longLives(texts templates) iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		for file := range longFiles {
			id := longID(file)
			for n := range longFile {
				r := eventlog.Imported{Stream: commands.HouseholdStream(id), RecordedAt: time.Now().UTC().Truncate(time.Microsecond)}
				r.ID = scattered(3, uint64(file*longFile+n))
				r.Meta = texts.meta
				kind := [10]string{income, visited, visited, visited, started, visited, visited, visited, visited, visited}[n%10]
				if n == 0 {
					kind = registered
					r.Data = joined(texts.registered[file%variety], household.FileNo(benchVillage, id), benchVillage)
				} else {
					r.Data = texts.plain[kind][n%variety]
				}
				r.Type = kind
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// joined puts texts between the parts of a template.
func joined(parts [][]byte, texts ...string) []byte {
	data := append([]byte{}, parts[0]...)
	for i, text := range texts {
		data = append(append(data, text...), parts[i+1]...)
	}
	return data
}

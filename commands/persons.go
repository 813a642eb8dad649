package commands

import (
	"encoding/hex"
	"fmt"
	"io"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// act composes who, when and how for an act on a region: posts, offices and
// regions are looked up in the appointments of the day.
func (h *Handler) act(r Request, region, body string) (act.Act, error) {
	var salt [16]byte
	if _, err := io.ReadFull(h.Random, salt[:]); err != nil {
		return act.Act{}, fmt.Errorf("draw a salt: %w", err)
	}
	a := act.Act{
		Happened: r.Happened, Clock: r.Clock, Mode: r.Mode, Channel: r.Channel,
		Key: r.Key, Body: body, Correlation: r.Correlation, Causation: r.causation,
		Salt: hex.EncodeToString(salt[:]), Today: h.Today(), Demonstration: h.Directory.Info().Demonstration(),
	}
	if r.today != 0 {
		a.Today = r.today
	}
	if a.Mode == "" {
		a.Mode = act.Performed
	}
	if a.Happened == 0 {
		a.Happened = a.Today
	}
	return a, h.Directory.View(func(d *office.Directory) error {
		var err error
		if a.RecordedBy, err = recorder(d, r, region, a.Today); err != nil {
			return err
		}
		a.DoneBy, err = doneBy(d, r, a, region)
		return err
	})
}

// recorder is who types it: he must hold an appointment today.
func recorder(d *office.Directory, r Request, region string, today calendar.Day) (act.Person, error) {
	if r.public != "" {
		return act.Person{ID: act.Public, Name: r.public, Covers: true}, nil
	}
	held := d.Appointments(r.By, today)
	switch {
	case r.By == "" || !d.Known(r.By):
		return act.Person{}, policy.Refuse(policy.RecorderUnknown, "没有这位录入人")
	case len(held) == 0:
		return act.Person{}, policy.Refuse(policy.RecorderUnknown, "录入人今天没有任职")
	case r.Appointment == "" && len(held) > 1:
		return act.Person{}, policy.Refuse(policy.RecorderAmbiguous, "录入人有多项任职，请写明以哪一项办理")
	}
	for _, a := range held {
		if r.Appointment == "" || a.Appointment == r.Appointment {
			return d.Person(a, region, today), nil
		}
	}
	return act.Person{}, policy.Refuse(policy.RecorderUnknown, "录入人今天没有这项任职")
}

// doneBy are those who did it, as of the day on which it happened. An act
// performed in the system is done by whoever records it, alone or with others.
func doneBy(d *office.Directory, r Request, a act.Act, region string) ([]act.Person, error) {
	if r.public != "" {
		return []act.Person{a.RecordedBy}, nil
	}
	if len(r.DoneBy) == 0 {
		if a.Mode == act.Transcribed {
			return nil, policy.Refuse(policy.DoneByMissing, "补录须写明经办人")
		}
		return []act.Person{a.RecordedBy}, nil
	}
	var people []act.Person
	self := false
	for _, who := range r.DoneBy {
		if !d.Known(who.Person) {
			return nil, policy.Refuse(policy.RecorderUnknown, "没有经办人%s", who.Person)
		}
		self = self || who.Person == r.By
		people = append(people, onDay(d, who, region, a.Happened))
	}
	if a.Mode == act.Performed && !self {
		return nil, policy.Refuse(policy.Malformed, "当场办理的经办人应包括录入人本人；代他人录入请按补录登记")
	}
	return people, nil
}

// onDay describes a person by the appointment he named, else by one that
// covers the region, else by any he held that day.
func onDay(d *office.Directory, who DoneBy, region string, on calendar.Day) act.Person {
	best := act.Person{ID: who.Person, Name: d.NameOf(who.Person)}
	for _, a := range d.Appointments(who.Person, on) {
		p := d.Person(a, region, on)
		if a.Appointment == who.Appointment {
			return p
		}
		if who.Appointment == "" && (best.Appointment == "" || p.Covers && !best.Covers) {
			best = p
		}
	}
	return best
}

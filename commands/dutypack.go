package commands

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

// PackOver returns the pack under which a region owes its duties on a day, and
// from which day it holds: that in force there or, for a region above all that
// adopted one, that of the first region within it that did.
func (d *Directory) PackOver(region string, on calendar.Day) (policy.Pack, calendar.Day, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.packOver(region, on)
}

func (d *Directory) packOver(region string, on calendar.Day) (policy.Pack, calendar.Day, bool) {
	chain := d.upwards(region, on)
	if pack, ok := d.book.InForce(chain, on); ok {
		return pack, d.book.Since(chain, on), true
	}
	for _, adopter := range d.book.Adopters() {
		if !d.dir.Contains(region, adopter, on) {
			continue
		}
		if pack, ok := d.book.InForce([]string{adopter}, on); ok {
			return pack, d.book.Since([]string{adopter}, on), true
		}
	}
	return policy.Pack{}, 0, false
}

// upwards are a region's ancestors, itself first.
func (d *Directory) upwards(region string, on calendar.Day) []string {
	var regions []string
	for _, level := range slices.Backward(code.Levels) {
		if a := d.dir.Ancestor(region, code.Level(level.Code), on); a != "" {
			regions = append(regions, a)
		}
	}
	return regions
}

// Owings returns what the packs in force on a day lay on the regions: every duty
// of each region of its level, and those owed of each household of a village. No
// list of regions means all.
func (d *Directory) Owings(regions []string, on calendar.Day) []duty.Owing {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if regions == nil {
		regions = d.dir.Regions("", on)
	}
	var all []duty.Owing
	for _, code := range regions {
		region, ok := d.dir.Region(code, on)
		if !ok {
			continue
		}
		pack, since, ok := d.packOver(code, on)
		if !ok {
			continue
		}
		merged := d.dir.Current(code, on) != code
		all = append(all, duty.Owings(pack, duty.Ground{Region: code, Level: region.Level, Top: region.Parent == "", Merged: merged, Since: max(since, region.From)})...)
	}
	return all
}

// Contains says whether a region lies in (or is) another by the tree of the day.
func (d *Directory) Contains(ancestor, region string, on calendar.Day) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.dir.Contains(ancestor, region, on)
}

// Leaving says of a person and a region, for a day, whether he answered for it once
// and does so no more, since when, and what he is called.
func (d *Directory) Leaving(on calendar.Day) func(person, region string) (name string, since calendar.Day, left bool) {
	return func(person, region string) (string, calendar.Day, bool) {
		d.mu.RLock()
		defer d.mu.RUnlock()
		since, left := d.dir.Gone(person, region, on)
		return d.dir.NameOf(person), since, left
	}
}

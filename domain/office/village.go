package office

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Village refuses a code behind which there is no village on the day: what anybody
// sends by the code of a village (扫码申报, S2.13, S4.9) goes to the people of that
// one village, and to no office above it. A village that was merged is still found:
// its code hangs on doors for long, and what is sent by it stands under the
// successor.
func (d *Directory) Village(region string, on calendar.Day) (Region, error) {
	r, ok := d.Region(region, on)
	if !ok || r.Level != code.Village {
		return Region{}, policy.Refuse(policy.RegionUnknown, "没有这个村")
	}
	return r, nil
}

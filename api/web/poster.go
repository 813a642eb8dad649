package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/boombuler/barcode/qr"

	"shouwang/domain/policy"
)

// poster is a village's sheet with its code, to be printed and hung up.
type poster struct {
	village, region string
	address         string
	side            int    // of the code, in modules
	path            string // the dark modules, as an SVG path
	villages        []dwelling
}

func (s *site) poster(w http.ResponseWriter, r *http.Request, v *visitor) error {
	region := r.URL.Query().Get("region")
	if region == "" && s.isVillage(v.region) {
		region = v.region
	}
	if !s.isVillage(region) {
		return s.show(w, r, v, http.StatusOK, posterChoicePage(s.assisted(r.Context(), v).villages))
	}
	p := poster{region: region, village: s.regionName(region, v.today), address: s.addressOf(r) + "/apply/" + region}
	var err error
	if p.side, p.path, err = modules(p.address); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, posterPage(p))
}

// addressOf is how the server was reached.
func (s *site) addressOf(r *http.Request) string {
	if s.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// quiet is the margin around a code that scanners need, in modules.
const quiet = 4

// modules draws a text as a QR code, with a quarter of it to spare for rain and tape.
func modules(text string) (side int, path string, err error) {
	code, err := qr.Encode(text, qr.Q, qr.Auto)
	if err != nil {
		return 0, "", policy.Refuse(policy.Malformed, "地址过长，无法生成二维码")
	}
	bounds := code.Bounds()
	var b strings.Builder
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if red, _, _, _ := code.At(x, y).RGBA(); red == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return bounds.Dx() + 2*quiet, b.String(), nil
}

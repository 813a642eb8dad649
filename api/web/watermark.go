package web

import (
	"bytes"
	"crypto/rand"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"strings"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"shouwang/domain/account"
)

// mark is what every copy bears: who took it out, when, and its number.
type mark struct {
	act    string // 导出 or 打印
	title  string
	number string
	login  string
	who    string // with post
	at     time.Time
}

// marked prepares the mark of a copy that the visitor takes out now.
func (s *site) marked(v *visitor, act, title string) mark {
	number := rand.Text()[:8]
	return mark{act: act, title: title, number: number[:4] + "-" + number[4:], login: v.Login, who: v.post.title() + " " + v.Name, at: s.Handler.Clock()}
}

// line is the mark in words.
func (m mark) line() string {
	return "仅供工作使用，请勿外传　" + m.act + "：" + m.who + "　" + beijing(m.at) + "　编号 " + m.number
}

// copied records that the visitor takes the copy out, before he gets it.
func (s *site) copied(r *http.Request, v *visitor, m mark, kind string, rows int) error {
	what := r.URL.Path
	if asked := kept(r.URL.Query()).Encode(); asked != "" {
		what += "?" + asked
	}
	return s.copyMade(r, v, m, kind, what, rows)
}

// copyMade records a copy of what stands at an address.
func (s *site) copyMade(r *http.Request, v *visitor, m mark, kind, what string, rows int) error {
	return s.Accounts.Copy(r.Context(), v.Account, account.CopyMade{Kind: kind, What: what, Rows: rows, Copy: m.number}, s.door(r))
}

// The watermark's tile, in pixels, and how steep its line climbs.
const (
	tileWidth, tileHeight = 420, 220
	tileAngle             = -math.Pi / 9
)

// picture is the watermark behind a sheet's cells: login, time and number, in
// letters that need no font of the machine's.
func (m mark) picture() []byte {
	text := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, m.login+"  "+beijing(m.at)+"  "+m.number)
	face := basicfont.Face7x13
	width := len(text) * face.Advance
	line := image.NewAlpha(image.Rect(0, 0, width, face.Height))
	d := font.Drawer{Dst: line, Src: image.Opaque, Face: face, Dot: fixed.P(0, face.Ascent)}
	d.DrawString(text)
	tile := image.NewNRGBA(image.Rect(0, 0, tileWidth, tileHeight))
	sin, cos := math.Sincos(tileAngle)
	for y := range tileHeight {
		for x := range tileWidth {
			dx, dy := float64(x-tileWidth/2), float64(y-tileHeight/2)
			at := image.Pt(int(math.Floor(dx*cos+dy*sin))+width/2, int(math.Floor(dy*cos-dx*sin))+face.Height/2)
			if at.In(line.Rect) && line.AlphaAt(at.X, at.Y).A > 0 {
				tile.Set(x, y, color.NRGBA{A: 40, R: 120, G: 120, B: 120})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, tile); err != nil {
		panic(err) // into memory
	}
	return out.Bytes()
}

package demonstration

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// photographs are the pictures of notice boards that sheets show, made up from
// their names.
type photographs struct {
	seed  int64
	list  []photograph
	known map[string]code.Attachment
}

// photograph is a picture and what its uploader says about it.
type photograph struct {
	content []byte
	place   string
	on      calendar.Day
}

// photo returns the hash of the picture with the name; the same name is the same
// picture.
func (b *builder) photo(name, place string, on calendar.Day) code.Attachment {
	p := &b.photos
	if hash, ok := p.known[name]; ok {
		return hash
	}
	content := board(p.seed, name)
	sum := sha256.Sum256(content)
	hash := code.Attachment(hex.EncodeToString(sum[:]))
	if p.known == nil {
		p.known = map[string]code.Attachment{}
	}
	p.known[name] = hash
	p.list = append(p.list, photograph{content, place, on})
	return hash
}

// board paints a notice board with a sheet of lines on it.
func board(seed int64, name string) []byte {
	random := chance(seed, "photo "+name)
	picture := image.NewRGBA(image.Rect(0, 0, 240, 180))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(picture, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	wall := uint8(150 + random.IntN(60))
	fill(picture.Bounds(), color.RGBA{wall, wall - 10, wall - 25, 255})
	fill(image.Rect(20, 15, 220, 165), color.RGBA{30, 70 + uint8(random.IntN(40)), 50, 255})
	x, y := 35+random.IntN(60), 25+random.IntN(15)
	fill(image.Rect(x, y, x+95, y+125), color.White)
	fill(image.Rect(x+20, y+8, x+75, y+14), color.RGBA{190, 30, 30, 255})
	for line := range 9 {
		fill(image.Rect(x+8, y+24+10*line, x+30+random.IntN(58), y+27+10*line), color.Gray{60})
	}
	var out bytes.Buffer
	// Encoding into memory fails only for impossible sizes.
	_ = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 60})
	return out.Bytes()
}

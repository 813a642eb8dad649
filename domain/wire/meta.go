package wire

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"shouwang/domain/act"
)

// EncodeMeta returns the metadata bytes of an act: what json.Marshal says of it,
// which a test holds it to. Every command writes metadata, so this is written
// out; it takes a quarter of the time.
func EncodeMeta(a act.Act) ([]byte, error) {
	w := metaWriter{buf: make([]byte, 0, 1024)}
	w.open()
	w.text("happened", a.Happened.String())
	w.some("clock", a.Clock)
	w.key("done_by")
	w.buf = append(w.buf, '[')
	for i, p := range a.DoneBy {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.person(p)
	}
	w.buf = append(w.buf, ']')
	w.key("recorded_by")
	w.person(a.RecordedBy)
	w.text("mode", string(a.Mode))
	w.text("channel", a.Channel)
	if a.Pack != (act.Pack{}) {
		w.key("pack")
		w.open()
		w.text("name", a.Pack.Name)
		w.text("version", a.Pack.Version)
		w.text("sha256", a.Pack.SHA256)
		w.close()
	}
	w.text("key", a.Key)
	w.text("body", a.Body)
	w.some("correlation", a.Correlation)
	w.some("causation", a.Causation)
	w.text("salt", a.Salt)
	w.close()
	if w.err != nil {
		return nil, fmt.Errorf("encode metadata: %w", w.err)
	}
	return w.buf, nil
}

// metaWriter writes objects; empty says that the one under way has no key yet.
type metaWriter struct {
	buf   []byte
	empty bool
	err   error
}

func (w *metaWriter) open()  { w.buf, w.empty = append(w.buf, '{'), true }
func (w *metaWriter) close() { w.buf, w.empty = append(w.buf, '}'), false }

func (w *metaWriter) key(name string) {
	if !w.empty {
		w.buf = append(w.buf, ',')
	}
	w.empty = false
	w.buf = append(append(append(w.buf, '"'), name...), '"', ':')
}

func (w *metaWriter) text(name, value string) {
	w.key(name)
	var err error
	if w.buf, err = jsontext.AppendQuote(w.buf, value); err != nil && w.err == nil {
		w.err = err
	}
}

func (w *metaWriter) some(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *metaWriter) person(p act.Person) {
	w.open()
	w.text("id", p.ID)
	w.text("name", p.Name)
	w.some("appointment", p.Appointment)
	w.some("capacity", string(p.Capacity))
	w.some("post", p.Post)
	w.some("office", p.Office)
	w.some("region", p.Region)
	w.some("level", string(p.Level))
	if p.Covers {
		w.key("covers")
		w.buf = append(w.buf, "true"...)
	}
	w.some("kin", p.Kin)
	w.close()
}

package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	// patience is how long one waits without being told anything.
	patience = 2 * time.Second
	// sayAgain is how often a plain line tells how far it is.
	sayAgain = 5 * time.Second
	// redraw is how often a bar is drawn.
	redraw = 100 * time.Millisecond
)

// progress tells how far something is that takes more than a moment: a bar on
// a terminal, plain lines otherwise, and nothing at all if it is done soon.
type progress struct {
	*program
	title    string
	total    int64 // 0: not known
	terminal bool
	began    time.Time

	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	last  time.Time // of the last plain line
	shown bool
}

// progress begins to tell.
func (p *program) progress(title string, total int64) *progress {
	return &progress{program: p, title: title, total: total, terminal: isTerminal(p.stderr), began: time.Now()}
}

func isTerminal(w io.Writer) bool {
	if s, ok := w.(*synced); ok {
		w = s.to
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// of says how much is done, of how much in all.
func (g *progress) of(done, total int64) {
	g.mu.Lock()
	g.total = total
	g.mu.Unlock()
	g.at(done)
}

// at says how much is done.
func (g *progress) at(done int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	switch {
	case now.Sub(g.began) < patience:
	case g.terminal:
		if g.bar == nil {
			g.bar = g.newBar()
		}
		_ = g.bar.Set64(done) // a bar that cannot be drawn hinders nobody
	case now.Sub(g.last) >= sayAgain:
		g.last = now
		g.line(done)
	default:
		return
	}
	g.shown = g.shown || now.Sub(g.began) >= patience
}

// now says what is being done from here on.
func (g *progress) now(title string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.title, g.last = title, time.Time{}
	if g.bar != nil {
		g.bar.Describe(title)
	}
}

func (g *progress) newBar() *progressbar.ProgressBar {
	total := g.total
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(g.stderr), progressbar.OptionSetDescription(g.title),
		progressbar.OptionThrottle(redraw), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(g.total > 0), progressbar.OptionFullWidth())
}

func (g *progress) line(done int64) {
	if g.total == 0 {
		g.say("%s … %d", g.title, done)
		return
	}
	g.say("%s … %d%%", g.title, min(100, 100*done/g.total))
}

// end says that it is done, if it was shown at all.
func (g *progress) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.bar != nil {
		_ = g.bar.Finish()
	}
	if g.shown {
		g.say("%s … 完成 (done), %.1f 秒 (s)", g.title, time.Since(g.began).Seconds())
	}
}

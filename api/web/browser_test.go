package web

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromium opens a headless browser of the size; what it complains about fails
// the test.
func chromium(t *testing.T, width, height int) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: nothing was looked at in a real browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(width, height))
	allocated, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, leave := chromedp.NewContext(allocated)
	var mu sync.Mutex
	var complaints []string
	listening := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if kind := string(e.Type); kind == "error" || kind == "warning" {
				complaints = append(complaints, "the console was written to")
			}
		}
	})
	if listening != nil {
		t.Fatal(listening)
	}
	t.Cleanup(func() {
		leave()
		stop()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			t.Error(c)
		}
	})
	return ctx
}

// From the login to a visit that was entered, at both sizes: scripts are allowed
// nothing that the page's policy forbids, and nothing is wider than the screen.
func TestTheMainPathInARealBrowser(t *testing.T) {
	for name, size := range map[string][2]int{"a desk": {1366, 768}, "a phone": {390, 844}} {
		t.Run(name, func(t *testing.T) {
			p := newTown(t)
			ctx := chromium(t, size[0], size[1])
			do := func(steps ...chromedp.Action[chromedp.Void]) {
				t.Helper()
				if err := chromedp.Do(ctx, steps...); err != nil {
					t.Fatal(err)
				}
				if over, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)); err != nil || over > 0 {
					t.Errorf("%d pixels wider than the screen, %v", over, err)
				}
			}
			do(chromedp.EmulateViewport(int64(size[0]), int64(size[1])), chromedp.Navigate(p.http.URL+"/login"))
			do(chromedp.SendKeys("#login", "village"), chromedp.SendKeys("#password", secret), chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu"))
			do(chromedp.Navigate(p.http.URL + "/ledger"))
			must(chromedp.Run(ctx, chromedp.Evaluate[bool](`globalThis.violated = false; document.addEventListener('securitypolicyviolation', () => { violated = true }); true`)))(t)
			must(chromedp.Run(ctx, chromedp.Evaluate[bool](`(s => { s.value = 'monitored'; return s.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('select[name=stage]'))`)))(t)
			do(chromedp.WaitVisible("#found .empty")) // without a new page
			violated := must(chromedp.Run(ctx, chromedp.Evaluate[bool](`violated`)))(t)
			do(chromedp.Navigate(p.http.URL + "/households/" + p.own))
			do(chromedp.Click("#visits summary"), chromedp.SendKeys("#visits textarea", "家中一切正常"), chromedp.Click("#visits form button"), chromedp.WaitVisible("#visits strong"))
			body := must(chromedp.Run(ctx, chromedp.Text("#visits")))(t)
			do(chromedp.Navigate(p.http.URL+"/households/"+p.own+"/replay"), chromedp.WaitVisible(".sw-known"))
			if violated {
				t.Error("the content policy was violated")
			}
			if !strings.Contains(p.entries(p.own), "visit.recorded") || !strings.Contains(body, "家中一切正常") {
				t.Errorf("the visit was not entered: %s", body)
			}
		})
	}
}

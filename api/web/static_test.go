package web

import (
	"net/http"
	"path"
	"strings"
	"testing"
)

// released are the SHA-256 of others' files as they were released: a changed
// one is no longer theirs.
var released = map[string]string{
	"echarts-6.1.0.common.min.js": "61f13280aba3161f77fc801bf5f9c786f55f10432153a0683fc5cc0700b013d5", // echarts 6.1.0, dist/echarts.common.min.js
	"echarts-LICENSE.txt":         "634293835b43a6dd2094fa39182a3d9a6b9ca43b7fdb9ac354e8037af2a3093a",
	"echarts-NOTICE.txt":          "d491d358344f842685c1b1585970999db65fe30ecf7ef3867af8814f4016c016",
	"echarts-LICENSE-d3.txt":      "e1211892da0b0e0585b7aebe8f98c1274fba15bafe47fa1f4ee8a7a502c06304",
	"htmx-2.0.11.min.js":          "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717", // htmx.org 2.0.11, dist/htmx.min.js
	"htmx-LICENSE.txt":            "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
	"tabler-1.6.1.min.css":        "370a2d4e608ae518351d10528fc7dbe19b354ae5062c51b2a9cb294850d65403", // @tabler/core 1.6.1, dist/css/tabler.min.css
	"tabler-LICENSE.txt":          "6e89bcfe802d607d79d644dbde8458c1d10ee779cd3077e4c663677710106606",
}

func TestOthersFilesAreAsReleased(t *testing.T) {
	t.Parallel()
	for name, sum := range sums() {
		if strings.HasPrefix(name, "shouwang.") {
			continue
		}
		if released[name] != sum {
			t.Errorf("%s has the sum %s", name, sum)
		}
		product, _, _ := strings.Cut(name, "-")
		if sums()[product+"-LICENSE.txt"] == "" {
			t.Errorf("%s has no licence beside it", name)
		}
		if kinds[path.Ext(name)] == "" {
			t.Errorf("%s has no media type", name)
		}
	}
	for name := range released {
		if sums()[name] == "" {
			t.Errorf("%s is gone", name)
		}
	}
}

func TestStaticFilesNeedNoLogin(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.browser()
	got := b.get(asset("shouwang.css"))
	if got.status != http.StatusOK || !strings.Contains(got.header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(got.header.Get("Content-Type"), "text/css") {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := b.get("/static/shouwang.css"); got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %v", got.status, got.header)
	}
	for _, name := range []string{"/static/nothing.js", "/static/..%2fweb.go", "/static/"} {
		if got := b.get(name); got.status == http.StatusOK {
			t.Errorf("%s: %d", name, got.status)
		}
	}
}

package house

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"shouwang/eventlog/kurrentlog"
)

// No container engine and no hosted runner can be had in a test; these read what
// would be given to them, and hold it against itself and against the program.

// service is what of a compose service the tests look at.
type service struct {
	Image       string
	Build       map[string]string
	Command     any
	NetworkMode string `yaml:"network_mode"`
	Environment map[string]string
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Volumes     []string
	Ports       []string
	Healthcheck map[string]any
}

type compose struct {
	Services map[string]service
	Volumes  map[string]any
}

func text(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestComposeHoldsTogether(t *testing.T) {
	t.Parallel()
	var c compose
	if err := yaml.Unmarshal([]byte(text(t, "deploy", "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	nodes, apps := named(c, "kurrent"), named(c, "app")
	if len(nodes) != 3 || len(apps) != 3 {
		t.Errorf("%v and %v, want three nodes and three apps", nodes, apps)
	}
	for _, must := range []string{"postgres", "nats", "proxy", "access", "certificates"} {
		if _, ok := c.Services[must]; !ok {
			t.Errorf("there is no service %s", must)
		}
	}
	for name, s := range c.Services {
		if s.Image == "" && s.Build == nil {
			t.Errorf("%s has no image", name)
		}
		for other, on := range s.DependsOn {
			there, ok := c.Services[other]
			if !ok || on.Condition == "service_healthy" && there.Healthcheck == nil {
				t.Errorf("%s waits for %s to be %s", name, other, on.Condition)
			}
		}
		if other, ok := strings.CutPrefix(s.NetworkMode, "service:"); ok && c.Services[other].Image == "" {
			t.Errorf("%s shares the network of %s", name, other)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if file, ok := strings.CutPrefix(from, "./"); ok {
				text(t, "deploy", file)
			} else if _, ok := c.Volumes[from]; !ok {
				t.Errorf("%s mounts the unknown volume %s", name, from)
			}
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s is open to the network at %s", name, p)
			}
		}
	}
	proxy := text(t, "deploy", "haproxy.cfg")
	for _, name := range apps {
		knowsTheCluster(t, c.Services[name], nodes)
		words, _ := c.Services[name].Command.([]any)
		if len(words) != 3 || words[0] != "serve" || words[1] != "--addr" || !strings.Contains(proxy, "server "+name+" "+words[2].(string)+"\n") {
			t.Errorf("%s: %v is not what the proxy asks", name, words)
		}
	}
	for _, name := range nodes {
		seeds := strings.Split(c.Services[name].Environment["KURRENTDB_GOSSIP_SEED"], ",")
		for _, other := range nodes {
			if slices.Contains(seeds, other+":2113") == (other == name) {
				t.Errorf("%s has the seeds %v", name, seeds)
			}
		}
	}
}

func named(c compose, prefix string) []string {
	var names []string
	for name := range c.Services {
		if rest, ok := strings.CutPrefix(name, prefix); ok && len(rest) == 1 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// knowsTheCluster checks that an app is given every node, by an address that the
// program takes.
func knowsTheCluster(t *testing.T, app service, nodes []string) {
	t.Helper()
	address := strings.ReplaceAll(app.Environment["KURRENT_URL"], "${KURRENT_PASSWORD:?}", "secret")
	for _, n := range nodes {
		if !strings.Contains(address, n+":2113") {
			t.Errorf("%s does not name %s", address, n)
		}
	}
	// The certificate is there only in the container.
	if err := kurrentlog.Check(strings.Split(address, "&tlsCaFile=")[0]); err != nil {
		t.Errorf("%s: %v", address, err)
	}
	broker := strings.ReplaceAll(app.Environment["SHOUWANG_PUBLISH"], "${NATS_PASSWORD:?}", "secret")
	if u, err := url.Parse(broker); err != nil || u.Scheme != "nats" || u.Host != "nats:4222" || u.User.Username() != "shouwang" {
		t.Errorf("the app's messages go to %q: %v", broker, err)
	}
	// Without senders nothing is taken in: the program would refuse to start.
	if in := app.Environment["SHOUWANG_INBOX"]; !strings.HasPrefix(in, "${SENDERS:+nats://") || app.Environment["SHOUWANG_SENDERS"] != "${SENDERS:-}" {
		t.Errorf("the app listens at %q", in)
	}
	// An app that ends must say so for longer than the proxy takes to ask.
	if n, err := time.ParseDuration(app.Environment["SHOUWANG_NOTICE"]); err != nil || n < 2*time.Second || !strings.Contains(text(t, "deploy", "haproxy.cfg"), "check inter 1s fall 1") {
		t.Errorf("the app ends after %s: %v", n, err)
	}
	if app.Environment["SHOUWANG_LOG"] != "kurrent" {
		t.Errorf("the app's record is in %q", app.Environment["SHOUWANG_LOG"])
	}
}

func TestComposeHasNoPasswordsOfItsOwn(t *testing.T) {
	t.Parallel()
	file, example := text(t, "deploy", "compose.yaml"), text(t, "deploy", "example.env")
	asked := regexp.MustCompile(`\$\{([A-Z_]+):\?\}`).FindAllStringSubmatch(file, -1)
	if len(asked) < 4 {
		t.Errorf("compose asks for %v", asked)
	}
	for _, m := range asked {
		if !strings.Contains(example, "\n"+m[1]+"=\n") {
			t.Errorf("example.env does not name %s, or gives it a value", m[1])
		}
	}
	for line := range strings.Lines(file) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && strings.HasSuffix(name, "PASSWORD") && !strings.HasPrefix(value, "${") {
			t.Errorf("a password stands in %s", strings.TrimSpace(line))
		}
	}
}

func TestHostedRunnersRunWhatThereIs(t *testing.T) {
	t.Parallel()
	var w struct {
		On   map[string]any `yaml:"on"`
		Jobs map[string]struct {
			RunsOn   string `yaml:"runs-on"`
			Strategy struct {
				Matrix map[string][]string
			}
			Services map[string]struct {
				Image   string
				Env     map[string]string
				Ports   []string
				Options string
			}
			Steps []struct{ Name, Uses, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(text(t, ".github", "workflows", "kurrent.yaml")), &w); err != nil {
		t.Fatal(err)
	}
	job := w.Jobs["kurrent"]
	if w.On == nil || job.RunsOn == "" || len(job.Strategy.Matrix["image"]) == 0 || job.Services["kurrentdb"].Image != "${{ matrix.image }}" {
		t.Fatalf("%+v", w)
	}
	var all strings.Builder
	for _, s := range job.Steps {
		if (s.Uses == "") == (s.Run == "") {
			t.Errorf("step %q does nothing, or two things", s.Name)
		}
		all.WriteString(s.Run + "\n")
	}
	url := regexp.MustCompile(`make test-kurrent KURRENT_URL="([^"]+)"`).FindStringSubmatch(all.String())
	if url == nil || kurrentlog.Check(url[1]) != nil || !slices.Contains(job.Services["kurrentdb"].Ports, "2113:2113") {
		t.Errorf("the steps do not test the service: %s", all.String())
	}
	if !strings.Contains(text(t, "Makefile"), "\ntest-kurrent: ") {
		t.Error("there is no make test-kurrent")
	}
	for _, script := range regexp.MustCompile(`scripts/[a-z-]+\.sh`).FindAllString(all.String(), -1) {
		text(t, script)
	}
	if !strings.Contains(text(t, "docs", "kurrent.md"), "not yet run against a real KurrentDB") {
		t.Error("docs/kurrent.md does not say what has not been tried")
	}
}

package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A script is a story told to the API in plain text:
//
//	day 2023-04-03                      the clock's day, at nine
//	as cadre                            who asks and records, by a token of his
//	by officer                          who sends the next request alone
//	key k-1                             the next request's key; otherwise each has its own
//	POST /api/v1/households             a request; $names are replaced
//	If-Match: "3"                       its headers
//	{"region": "…"}                     its body, up to the first line with =>
//	=> 409                              status
//	=> /rule == notice.too-short        a value, by JSON pointer; /lines# is a length
//	=> header ETag == "3"
//	=> contains 文字                     somewhere in the body; lacks is the opposite
//	=> written 2                        records the log has more than before
//	=> $h1 = /id                        remember a value
//	=> done                             recorded, and nothing flagged
//	=> flagged notice.too-short         recorded, and flagged by exactly these rules
//	=> refused order.missing-step S1.1  refused, citing this, and nothing written
//	photo $scan                         upload a picture and remember it
type script struct {
	*place
	person, key string
	by          string // who sends the next request, "": person
	vars        map[string]string
	n           int

	status int
	header http.Header
	raw    string
	answer any
	wrote  int
}

// Scripts tell the county of 2023; those in a folder of their own the pack that
// the folder is named after.
func TestScripts(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"testdata/*.txt", "testdata/*/*.txt"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal("no scripts", pattern, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pack, _, named := strings.Cut(name, "/")
			if !named {
				pack = ""
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := &script{place: newPlace(t, setting{pack: pack}), vars: map[string]string{}, person: "cadre"}
			s.run(file, string(text))
		})
	}
}

func (s *script) run(file, text string) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "", "#":
		case "day":
			s.setDay(rest)
		case "as":
			s.person = rest
		case "by":
			s.by = rest
		case "key":
			s.key = rest
		case "photo":
			if err := s.photo(rest); err != nil {
				s.t.Fatalf("%s:%d: %v", file, i+1, err)
			}
		case "=>":
			if err := s.check(s.filled(rest)); err != nil {
				s.t.Fatalf("%s:%d: %v\n%d %s", file, i+1, err, s.status, s.raw)
			}
		default:
			first := i
			for i+1 < len(lines) && !strings.HasPrefix(lines[i+1], "=>") {
				i++
			}
			if err := s.send(s.filled(line), s.filled(strings.Join(lines[first+1:i+1], "\n"))); err != nil {
				s.t.Fatalf("%s:%d: %v", file, first+1, err)
			}
			s.by = ""
		}
	}
}

// filled puts remembered values in, the longest name first.
func (s *script) filled(text string) string {
	names := make([]string, 0, len(s.vars))
	for name := range s.vars {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, name := range names {
		text = strings.ReplaceAll(text, name, s.vars[name])
	}
	return text
}

// send sends a request. What is recorded and not shown yet is asked for again, as
// the answer advises: on a busy machine read models come after a while.
func (s *script) send(line, rest string) error {
	for {
		if err := s.sendOnce(line, rest); err != nil || s.outcome().Rule != receiptNotYet {
			return err
		}
	}
}

func (s *script) sendOnce(line, rest string) error {
	method, path, _ := strings.Cut(line, " ")
	headers, body := rest, ""
	if at := strings.Index(rest, "{"); at >= 0 {
		headers, body = rest[:at], rest[at:]
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.http.URL+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	if s.n++; s.key == "" {
		s.key = "key-" + strconv.Itoa(s.n)
	}
	req.Header.Set("Authorization", "Bearer "+s.token(cmp.Or(s.by, s.person)))
	req.Header.Set("Idempotency-Key", s.key)
	req.Header.Set("Content-Type", "application/json")
	s.key = ""
	for header := range strings.Lines(headers) {
		if name, value, ok := strings.Cut(header, ":"); ok {
			req.Header.Set(name, strings.TrimSpace(value))
		}
	}
	before := s.count()
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	s.status, s.header, s.raw, s.answer, s.wrote = answer.StatusCode, answer.Header, string(raw), nil, s.count()-before
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	_ = decoder.Decode(&s.answer) // what is no JSON has no values
	if method == http.MethodGet && s.status == http.StatusServiceUnavailable && s.value("/rule") == string(receiptNotYet) {
		return s.send(line, rest) // the machine is busy: what was recorded is shown in the end
	}
	return err
}

func (s *script) check(want string) error {
	left, right, _ := strings.Cut(want, " == ")
	word, rest, _ := strings.Cut(want, " ")
	switch {
	case word == "done", word == "flagged", word == "refused":
		return s.told(word, rest)
	case word == "contains" && !strings.Contains(s.raw, rest):
		return fmt.Errorf("does not contain %s", rest)
	case word == "lacks" && strings.Contains(s.raw, rest):
		return fmt.Errorf("contains %s", rest)
	case word == "written" && strconv.Itoa(s.wrote) != rest:
		return fmt.Errorf("%d records written, want %s", s.wrote, rest)
	case word == "header" && s.header.Get(strings.TrimPrefix(left, "header ")) != right:
		return fmt.Errorf("%s is %q, want %q", left, s.header.Get(strings.TrimPrefix(left, "header ")), right)
	case strings.HasPrefix(want, "/") && s.value(left) != right:
		return fmt.Errorf("%s is %q, want %q", left, s.value(left), right)
	case strings.HasPrefix(want, "$"):
		name, from, _ := strings.Cut(want, " = ")
		if s.vars[name] = s.value(from); s.vars[name] == "" {
			return fmt.Errorf("nothing at %s", from)
		}
	case len(word) == 3 && word[0] >= '1' && word[0] <= '9' && word != strconv.Itoa(s.status):
		return fmt.Errorf("status %d, want %s", s.status, word)
	}
	return nil
}

// value finds what stands at a JSON pointer, as text.
func (s *script) value(pointer string) string {
	at := s.answer
	path, length := strings.CutSuffix(pointer, "#")
	for name := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		switch v := at.(type) {
		case map[string]any:
			at = v[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(v) {
				return ""
			}
			at = v[i]
		default:
			return ""
		}
	}
	if l, is := at.([]any); is && length {
		return strconv.Itoa(len(l))
	}
	if at == nil {
		return ""
	}
	return fmt.Sprint(at)
}

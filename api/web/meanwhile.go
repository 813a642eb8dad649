package web

import (
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// Every form that enters an act carries, unseen, how far its page had read what the
// act is about. When it is sent, what others entered there since is shown above it,
// with everything that was typed: sent once more from there, it is entered. The
// check stands in sent, which reads every form, and in formFault, which heads
// every form; no form has one of its own.

// sight is how far a stream had been read when a form was opened.
type sight struct {
	stream  string
	version int64
}

// seenBefore is what a form had seen when it was opened: as it says itself, or now.
func (s *site) seenBefore(v *visitor, q url.Values, read ...sight) string {
	return cmp.Or(q.Get("seen"), s.seen(v, read...))
}

// seenPurpose keeps the mark on what was seen apart from every other use of the key.
const seenPurpose = "seen-when-opened"

// seen is what a page had read, as its forms carry it: marked with the server's
// secret for this visitor, so that nobody has anything else told to him than what
// he had opened.
func (s *site) seen(v *visitor, read ...sight) string {
	parts := make([]string, 0, len(read)+1)
	for _, at := range read {
		parts = append(parts, url.QueryEscape(at.stream)+":"+strconv.FormatInt(at.version, 10))
	}
	if v == nil || len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, " ")
	return text + " " + s.seenMark(v, text)
}

func (s *site) seenMark(v *visitor, text string) string {
	return base64.RawURLEncoding.EncodeToString(s.Handler.Keys.Hash(seenPurpose, v.Account+"\n"+text))
}

// sightsIn reads what a form brought back; none of a form that says nothing.
func (s *site) sightsIn(v *visitor, seen string) (read []sight, err error) {
	if seen == "" {
		return nil, nil
	}
	text, mark := seen, ""
	if i := strings.LastIndexByte(seen, ' '); i >= 0 {
		text, mark = seen[:i], seen[i+1:]
	}
	if !hmac.Equal([]byte(mark), []byte(s.seenMark(v, text))) {
		return nil, policy.Refuse(policy.Malformed, "表单已失效，请重新打开本页")
	}
	for part := range strings.FieldsSeq(text) {
		name, version, _ := strings.Cut(part, ":")
		stream, err := url.QueryUnescape(name)
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return nil, err
		}
		read = append(read, sight{stream, n})
	}
	return read, nil
}

// sightsOf are the files of the households on a paper.
func sightsOf(rows []onPaper) (read []sight) {
	for _, h := range rows {
		read = append(read, sight{commands.HouseholdStream(h.ID), h.Version})
	}
	return read
}

// readTo is how far a small stream reaches now.
func (s *site) readTo(ctx context.Context, stream string) (sight, error) {
	at := sight{stream: stream}
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return at, err
		}
		at.version = int64(rec.Version)
	}
	return at, nil
}

// overtaken is the failure of a form in whose matter others entered something
// since it was opened.
type overtaken struct {
	since []entrySince
	seen  string // with what is told now
}

func (o *overtaken) Error() string { return "others entered something since the form was opened" }

// entrySince is what somebody else entered, where, and where that is read.
type entrySince struct {
	projections.Entry
	where, path string
}

// sent reads a form whole, with its photographs, and compares what it had seen.
func (s *site) sent(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := whole(w, r); err != nil {
		return err
	}
	return s.unchanged(r, v)
}

// unchanged fails with *overtaken where others entered something in what the form is
// about since it was opened, or since what others did was last shown with it. A form
// that was entered before is no other's: it gets its first answer again.
func (s *site) unchanged(r *http.Request, v *visitor) error {
	read, err := s.sightsIn(v, r.PostFormValue("seen"))
	if err != nil {
		return err
	}
	return s.compare(r, v, read, read)
}

// directory stands for the streams of all places, posts and packs: which of them a
// form is about is known when it is sent. Its version is how many facts they had.
const directory = "directory"

// unchangedFor is unchanged for a fact about a place, a post or a pack.
func (s *site) unchangedFor(r *http.Request, v *visitor, fact any) error {
	read, err := s.sightsIn(v, r.PostFormValue("seen"))
	if err != nil {
		return err
	}
	if err := s.Handler.Directory.CatchUp(r.Context()); err != nil {
		return err
	}
	for _, at := range read {
		stream := s.Handler.StreamOf(fact)
		version, more := s.Handler.Directory.ReadTo(stream, int(at.version))
		if at.stream == directory && more {
			return s.compare(r, v, []sight{{stream, int64(version)}}, []sight{s.directorySight()})
		}
	}
	return nil
}

func (s *site) directorySight() sight {
	return sight{directory, int64(s.Handler.Directory.Changes())}
}

// compare fails with *overtaken where others wrote to one of the streams; next is
// what the form has seen then.
func (s *site) compare(r *http.Request, v *visitor, read, next []sight) error {
	found := &overtaken{}
	own := ownKeys(v.Person, r.PostFormValue("key"))
	for i, at := range read {
		if at.stream == directory {
			continue
		}
		since, repeated, err := s.since(r.Context(), v, &read[i], own)
		if err != nil || repeated {
			return err
		}
		if len(since) == 0 {
			continue
		}
		told, err := s.retold(r.Context(), v, at.stream, since)
		if err != nil {
			return err
		}
		found.since = append(found.since, told...)
	}
	if len(found.since) == 0 {
		return nil
	}
	found.seen = s.seen(v, next...)
	if r.MultipartForm != nil {
		for field := range r.MultipartForm.File {
			if err := s.received(r, v, field, ""); err != nil {
				return err
			}
		}
	}
	return found
}

// since are the versions that others wrote to a stream after the sight, which is
// moved to the end; repeated where the form itself is among what was written.
func (s *site) since(ctx context.Context, v *visitor, at *sight, own func(string) bool) (versions map[int64]bool, repeated bool, err error) {
	versions = map[int64]bool{}
	account := strings.HasPrefix(at.stream, commands.AccountStream(""))
	for rec, err := range s.Handler.Log.ReadStream(ctx, at.stream, eventlog.Version(at.version)) {
		if err != nil {
			return nil, false, err
		}
		at.version = int64(rec.Version)
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, false, err
		}
		if own(a.Key) {
			return nil, true, nil
		}
		comings := account && !strings.HasPrefix(rec.Type, "account.") // who came and went changes no account
		if a.RecordedBy.ID != v.Person && !comings {
			versions[int64(rec.Version)] = true
		}
	}
	return versions, false, nil
}

// ownKeys says which keys in the record are the form's own: its key, those of the
// acts that it is made of, and those of the lines of its paper.
func ownKeys(person, key string) func(string) bool {
	own := []string{key}
	for _, kind := range []string{"meeting", "notice", "document"} {
		own = append(own, eventlog.DeriveID(commands.PaperStream(kind, commands.NewID(person, key)), key, 0).String())
	}
	return func(recorded string) bool {
		for _, o := range own {
			if key != "" && (recorded == o || strings.HasPrefix(recorded, o+"/")) {
				return true
			}
		}
		return false
	}
}

// retold puts the versions of a stream into sentences, as the visitor may read them.
func (s *site) retold(ctx context.Context, v *visitor, stream string, versions map[int64]bool) (since []entrySince, err error) {
	entries, name, path, err := s.entriesOf(ctx, v, stream)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if versions[e.Version] {
			since = append(since, entrySince{e, name, path})
		}
	}
	return since, nil
}

// entriesOf are a stream's entries as sentences, what it is called, and its page.
func (s *site) entriesOf(ctx context.Context, v *visitor, stream string) (entries []projections.Entry, name, path string, err error) {
	if id, file := strings.CutPrefix(stream, commands.HouseholdStream("")); file {
		told, err := s.historyFor(ctx, v, id, household.Times{})
		return told.Entries, onPaper{State: told.Folded}.head(v), "/households/" + id, err
	}
	if id, is := strings.CutPrefix(stream, commands.AccountStream("")); is {
		entries, err = s.accountEntries(ctx, id)
		a, _ := s.Accounts.Account(id) // it was on the page
		return entries, a.Name, "/admin/accounts", err
	}
	entries, err = s.outlined(ctx, stream, household.Times{})
	name, path = standsIn(ctx, told{paper: stream})
	return entries, name, cmp.Or(path, "/"), err
}

// accountEntries are what was done to an account, as sentences.
func (s *site) accountEntries(ctx context.Context, id string) (entries []projections.Entry, err error) {
	for rec, err := range s.Handler.Log.ReadStream(ctx, commands.AccountStream(id), eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		e, err := wire.Account(rec.Type, rec.Data, nil)
		if err != nil {
			return nil, err
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, err
		}
		entries = append(entries, projections.Entry{ID: rec.ID.String(), Version: int64(rec.Version), Happened: calendar.Of(rec.RecordedAt), Recorded: rec.RecordedAt,
			Sentence: tellPassing(ctx, e), Typed: typist(a.RecordedBy)})
	}
	return entries, nil
}

// typist is who recorded something, as an entry names him.
func typist(p act.Person) projections.Doer {
	return projections.Doer{Person: p.ID, Name: p.Name, Post: p.Post, Capacity: p.Capacity}
}

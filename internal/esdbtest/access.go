package esdbtest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// roles are the names in an access list, written alone or as a list.
type roles []string

func (r *roles) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*r = roles{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(r))
}

// acl is who may do what with a stream; nil is not said.
type acl struct {
	Read      roles `json:"$r"`
	Write     roles `json:"$w"`
	Delete    roles `json:"$d"`
	MetaRead  roles `json:"$mr"`
	MetaWrite roles `json:"$mw"`
}

// settings are a stream's metadata as far as a server obeys them.
type settings struct {
	MaxCount *int64 `json:"$maxCount"`
	MaxAge   *int64 `json:"$maxAge"` // seconds
	Before   *int64 `json:"$tb"`
	ACL      *acl   `json:"$acl"`
}

// deleted is the truncate-before of a stream that was deleted softly.
const deleted = 1<<63 - 1

// settings is called with the lock held. What cannot be read says nothing.
func (s *Store) settings(name string) settings {
	var m settings
	if st := s.streams["$$"+name]; st != nil && len(st.events) > 0 {
		_ = json.Unmarshal(st.events[len(st.events)-1].data, &m)
	}
	return m
}

func (s *Store) hidden(name string) bool {
	m := s.settings(name)
	return m.Before != nil && *m.Before == deleted
}

// leave drops what the settings have truncated.
func (m settings) leave(events []*event) []*event {
	if m.MaxCount != nil && int64(len(events)) > *m.MaxCount {
		events = events[int64(len(events))-*m.MaxCount:]
	}
	oldest := int64(0)
	if m.MaxAge != nil {
		oldest = time.Now().UnixNano()/100 - *m.MaxAge*10_000_000
	}
	for len(events) > 0 && (m.Before != nil && int64(events[0].revision) < *m.Before || events[0].created < oldest) {
		events = events[1:]
	}
	return events
}

// The things that one may or may not do.
const (
	toRead = iota
	toWrite
	toDelete
	toReadMeta
	toWriteMeta
)

// may returns nil, or the error that a server answers.
func (s *Server) may(ctx context.Context, stream string, do int) error {
	if s.options.Users == nil {
		return nil
	}
	name, known, asked := s.caller(ctx)
	if asked && !known {
		return status.Error(codes.Unauthenticated, "Unauthenticated")
	}
	if known && s.options.Users[name].Admin {
		return nil
	}
	if under, is := strings.CutPrefix(stream, "$$"); is && stream != "$$" {
		switch do {
		case toRead:
			do = toReadMeta
		case toWrite:
			do = toWriteMeta
		}
		stream = under
	}
	allowed := s.store.allowed(stream, do)
	if slices.Contains(allowed, "$all") || known && slices.Contains(allowed, name) {
		return nil
	}
	_ = grpc.SetTrailer(ctx, metadata.Pairs("exception", "access-denied"))
	return status.Error(codes.PermissionDenied, "Access Denied")
}

// allowed are the roles of a stream's list, of the default list where it says
// nothing.
func (s *Store) allowed(stream string, do int) roles {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var defaults struct {
		User   acl `json:"$userStreamAcl"`
		System acl `json:"$systemStreamAcl"`
	}
	if st := s.streams["$settings"]; st != nil && len(st.events) > 0 {
		_ = json.Unmarshal(st.events[len(st.events)-1].data, &defaults)
	}
	standard, otherwise := defaults.User, roles{"$all"}
	if strings.HasPrefix(stream, "$") {
		standard, otherwise = defaults.System, roles{"$admins"}
	}
	own := acl{}
	if m := s.settings(stream); m.ACL != nil {
		own = *m.ACL
	}
	pick := func(a acl) roles { return []roles{a.Read, a.Write, a.Delete, a.MetaRead, a.MetaWrite}[do] }
	for _, r := range []roles{pick(own), pick(standard)} {
		if r != nil {
			return r
		}
	}
	return otherwise
}

// caller is who sent the request: his name, whether the password was his, and
// whether he gave one.
func (s *Server) caller(ctx context.Context) (name string, known, asked bool) {
	md, _ := metadata.FromIncomingContext(ctx)
	for _, header := range md.Get("authorization") {
		encoded, is := strings.CutPrefix(header, "Basic ")
		if !is {
			continue
		}
		plain, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return "", false, true
		}
		name, password, _ := strings.Cut(string(plain), ":")
		user, is := s.options.Users[name]
		return name, is && user.Password == password, true
	}
	return "", false, false
}

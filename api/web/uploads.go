package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"shouwang/commands/attachments"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Files keeps photographs and scanned papers; nil where the server has no place
// for them.
type Files interface {
	Put(ctx context.Context, s attachments.Statement, content io.Reader) (attachments.Attachment, error)
	Open(ctx context.Context, hash attachments.Hash) (*attachments.Content, error)
	Thumbnail(ctx context.Context, hash attachments.Hash) (*attachments.Content, error)
	Lately(ctx context.Context, hash attachments.Hash, by string) (bool, error)
}

const (
	// maxPhotos bounds the photographs of one form: a sign-in sheet and minutes of
	// a few pages.
	maxPhotos = 6
	// maxUpload bounds a form with its photographs.
	maxUpload = maxPhotos*attachments.MaxSize + maxForm
	// maxMemory is how much of a form is held in memory; the rest is written aside.
	maxMemory = 4 << 20
	// uploadTime bounds a form with photographs over a village's telephone line.
	uploadTime = 10 * time.Minute
)

// photographed says whether a form of the route may bring files.
func photographed(e entry) bool {
	return e.method == http.MethodPost && e.scope != anybody && (slices.Contains([]string{"/meetings", "/sheets", "/lists/{kind}", "/handovers", "/studies", "/screenings", "/funds/{fund}/approvals", "/funds/{fund}/payments"}, e.path) ||
		strings.HasPrefix(e.path, "/sheets/{sheet}/") || e.path == "/notices/{sheet}/inspections" || e.path == "/notices/{sheet}/objections/{objection}/inquirers" || e.path == "/households/{household}/visits" || strings.HasSuffix(e.path, "/forms/{form}"))
}

// limited bounds what a form sends. A form with photographs is given the time
// they take.
func (s *site) limited(w http.ResponseWriter, r *http.Request, e entry) {
	limit := int64(maxForm)
	if photographed(e) && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		limit = maxUpload
	}
	if e.path == "/apply/{village}" || e.path == "/applications" {
		limit = maxSent
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
}

// whole reads a form whole, with its photographs.
func whole(w http.ResponseWriter, r *http.Request) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return r.ParseForm()
	}
	if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	err := r.ParseMultipartForm(maxMemory)
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		return policy.Refuse(policy.Malformed, "表单不完整，请重新提交")
	}
	return err
}

// photos keeps the files of a form's field and returns their names, with those
// that an earlier, refused try had brought.
func (s *site) photos(r *http.Request, v *visitor, field, place string) ([]code.Attachment, error) {
	var kept []code.Attachment
	for _, hash := range r.PostForm[field+"_kept"] {
		if _, err := attachments.ParseHash(hash); err != nil {
			return nil, err
		}
		kept = append(kept, code.Attachment(hash))
	}
	if len(kept) > maxPhotos {
		return nil, policy.Refuse(policy.AttachmentRejected, "最多附%d份照片或扫描件", maxPhotos)
	}
	if r.MultipartForm == nil {
		return kept, nil
	}
	for _, file := range r.MultipartForm.File[field] {
		if file.Size == 0 && file.Filename == "" {
			continue
		}
		if s.Files == nil || len(kept) >= maxPhotos {
			return kept, policy.Refuse(policy.AttachmentRejected, "最多附%d份照片或扫描件", maxPhotos)
		}
		hash, err := s.keep(r.Context(), v, file, place)
		if err != nil {
			return kept, err
		}
		if !slices.Contains(kept, hash) { // chosen twice, it is one
			kept = append(kept, hash)
		}
	}
	return kept, nil
}

func (s *site) keep(ctx context.Context, v *visitor, file *multipart.FileHeader, place string) (code.Attachment, error) {
	if kind := code.PersonalNumber(place); kind != "" {
		return "", policy.Refuse(policy.PersonalInText, "地点中不应写%s", kind)
	}
	content, err := file.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }() // it was only read
	stored, err := s.Files.Put(ctx, attachments.Statement{Place: place, By: v.Person}, content)
	if err != nil {
		return "", err
	}
	return code.Attachment(stored.Hash.String()), nil
}

// received keeps the files of a form's field and notes them in the form, so that
// they are safe if the form is refused.
func (s *site) received(r *http.Request, v *visitor, field, place string) error {
	all, err := s.photos(r, v, field, place)
	r.PostForm.Del(field + "_kept")
	for _, hash := range all {
		r.PostForm.Add(field+"_kept", string(hash))
	}
	return err
}

// filesIn are the files of a form's field that were received.
func filesIn(q url.Values, field string) (all []code.Attachment) {
	for _, hash := range q[field+"_kept"] {
		all = append(all, code.Attachment(hash))
	}
	return all
}

// photo keeps the one file of a form's field, if there is one.
func (s *site) photo(r *http.Request, v *visitor, field, place string) (code.Attachment, error) {
	all, err := s.photos(r, v, field, place)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[len(all)-1], nil
}

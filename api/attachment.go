package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"shouwang/commands/attachments"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

const attachmentsPath = base + "/attachments"

// AttachmentInfo is what is known of a kept file.
type AttachmentInfo struct {
	Hash       code.Attachment `json:"hash" doc:"SHA-256；办理时填写此值"`
	MediaType  string          `json:"media_type"`
	Size       int64           `json:"size" doc:"字节"`
	Width      int             `json:"width,omitzero"`
	Height     int             `json:"height,omitzero"`
	Statements []Statement     `json:"statements,omitzero" doc:"每次上传时的说明；不止一条即同一文件多次上传"`
}

// Statement is what an uploader said about a file.
type Statement struct {
	CapturedAt string    `json:"captured_at,omitzero"`
	Place      string    `json:"place,omitzero"`
	By         string    `json:"by"`
	At         time.Time `json:"at" doc:"上传时间"`
}

// uploadInput is read by hand: its body is streamed.
type uploadInput struct {
	CapturedAt string `query:"captured_at" doc:"拍摄时间：2023-04-10或2023-04-10T09:00:00+08:00"`
	Place      string `query:"place" doc:"拍摄地点"`

	request *http.Request
	answer  http.ResponseWriter
}

// Resolve implements huma.Resolver: it keeps hold of the request.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	in.request, in.answer = humachi.Unwrap(ctx)
	return nil
}

type uploaded struct {
	Status   int
	Location string `header:"Location"`
	Body     AttachmentInfo
}

func (s *server) attachments() {
	g := s.about("附件")
	huma.Register(s.huma, huma.Operation{
		Method: http.MethodPost, Path: attachmentsPath, OperationID: "upload-attachment", Summary: "上传附件：照片（JPEG、PNG、WebP）或PDF，20MiB以内", Tags: []string{g.tag},
		Description: "文件内容直接作为请求体（不用multipart），边收边存；类型按内容判断。落盘之后才应答，随后即可在办理时引用其hash；办理之后，附件在引用它的档案、材料之下查看。",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}},
		DefaultStatus: http.StatusCreated, Responses: refusals(s), SkipValidateParams: true, SkipValidateBody: true,
	}, s.upload)
	s.routes = append(s.routes, route{http.MethodPost, attachmentsPath, ""})
	s.keptFiles(g)
}

// upload streams the body into the store.
func (s *server) upload(ctx context.Context, in *uploadInput) (*uploaded, error) {
	ctx, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	info, err := s.receive(ctx, in)
	if err != nil {
		return nil, s.problemOf(ctx, err)
	}
	return &uploaded{Status: http.StatusCreated, Location: attachmentsPath + "/" + string(info.Hash), Body: info}, nil
}

func (s *server) receive(ctx context.Context, in *uploadInput) (AttachmentInfo, error) {
	var none AttachmentInfo
	switch {
	case s.Attachments == nil:
		return none, newProblem(readUnavailable, "本服务未配置附件")
	case code.PersonalNumber(in.Place) != "":
		return none, policy.Refuse(policy.PersonalInText, "拍摄地点中不应写%s", code.PersonalNumber(in.Place))
	case in.CapturedAt != "" && !isInstant(in.CapturedAt):
		return none, newProblem(timeMalformed, "").at("query/captured_at", "expected a day or an instant")
	}
	if err := s.inOffice(callerOf(ctx).person); err != nil {
		return none, err
	}
	if in.request.ContentLength > attachments.MaxSize {
		return none, attachments.ErrTooLarge
	}
	deadline := http.NewResponseController(in.answer)
	if err := deadline.SetReadDeadline(time.Now().Add(uploadTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return none, err
	}
	content := http.MaxBytesReader(in.answer, in.request.Body, attachments.MaxSize+1)
	kept, err := s.Attachments.Put(ctx, attachments.Statement{CapturedAt: in.CapturedAt, Place: in.Place, By: callerOf(ctx).person}, content)
	if err != nil {
		return none, err
	}
	return infoOf(kept), nil
}

func isInstant(text string) bool { _, err := instant(text); return err == nil }

func infoOf(a attachments.Attachment) AttachmentInfo {
	return AttachmentInfo{Hash: code.Attachment(a.Hash.String()), MediaType: a.MediaType, Size: a.Size, Width: a.Width, Height: a.Height}
}

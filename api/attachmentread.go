package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/commands/attachments"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/projections"
)

// An attachment is read through the record that names it: below the address of a
// household, a paper, a check on the spot, a fund, an office's duties or a
// concentrated check. Whoever may read those entries may read what they name, and
// nobody else; a hash alone opens nothing. So there is no list of who may see what
// that could lag behind or leak – the one stream is read, as for every page of it –
// and no link that goes on opening when somebody has lost his post or passed it
// on. A client has the address at once: it met the hash in that record's answer.
//
// Who names the hash of a file that he never saw would read it through his own
// record; hashes are told only in the entries through which the file is open.

// attachmentAccess is who may read what the entries of a record name: whoever may
// read the entries themselves.
var attachmentAccess = map[string]access{
	base + "/households/{household}":   {inAddress, knowsPeople},
	base + "/papers/{kind}/{id}":       {paperIn, knowsSheets},
	base + "/inspections/{inspection}": {spotIn, knowsSheets},
	base + "/funds/{fund}":             {fundIn, knowsPeople},
	base + "/offices/{office}":         {officeIn, knowsSums},
	base + "/checks/{check}":           {checkWhole, knowsSums},
}

// AttachmentHash names a file.
type AttachmentHash struct {
	Hash string `path:"hash" doc:"SHA-256，64位十六进制"`
}

// naming is a question for a file that a record names.
type naming interface {
	names() (id, stream, hash string)
}

type householdFile struct {
	Household string    `path:"household" doc:"农户编号"`
	Reason    code.Text `query:"reason" maxLength:"800" doc:"查看扫描件的理由：扫描件上有完整的个人信息，查看须写明理由并记录在案；照片不需要"`
	AttachmentHash
}

func (in *householdFile) names() (id, stream, hash string) {
	return in.Household, commands.HouseholdStream(in.Household), in.Hash
}

type paperFile struct {
	Kind string `path:"kind" enum:"meeting,notice,document"`
	ID   string `path:"id" doc:"材料编号"`
	AttachmentHash
}

func (in *paperFile) names() (id, stream, hash string) {
	return in.ID, commands.PaperStream(in.Kind, in.ID), in.Hash
}

type inspectionFile struct {
	Inspection string `path:"inspection" doc:"现场核查编号"`
	AttachmentHash
}

func (in *inspectionFile) names() (id, stream, hash string) {
	return in.Inspection, commands.InspectionStream(in.Inspection), in.Hash
}

type fundFile struct {
	Fund string `path:"fund" doc:"资金编号"`
	AttachmentHash
}

func (in *fundFile) names() (id, stream, hash string) {
	return in.Fund, commands.FundStream(in.Fund), in.Hash
}

type officeFile struct {
	Office string `path:"office" maxLength:"64" doc:"机构编号"`
	AttachmentHash
}

func (in *officeFile) names() (id, stream, hash string) {
	return in.Office, commands.DutyStream(in.Office), in.Hash
}

type checkFile struct {
	Check string `path:"check" maxLength:"64" doc:"集中排查编号"`
	AttachmentHash
}

func (in *checkFile) names() (id, stream, hash string) {
	return in.Check, commands.CheckStream(in.Check), in.Hash
}

// keptFiles serves files: to whoever handed them in, and below what names them.
func (s *server) keptFiles(g subject) {
	filesAt(g, "", "", "刚上传、尚未引用的", s.ownFile, nil)
	filesAt(g, "/households/{household}", "household", "档案中的", func(ctx context.Context, in *householdFile) (attachments.Hash, error) { return s.namedFile(ctx, in) }, s.paperShown)
	namedFiles[paperFile](g, "/papers/{kind}/{id}", "paper", "会议、公示单、文件的")
	namedFiles[inspectionFile](g, "/inspections/{inspection}", "inspection", "现场核查的")
	namedFiles[fundFile](g, "/funds/{fund}", "fund", "资金名单的")
	namedFiles[officeFile](g, "/offices/{office}", "office", "机构工作记录的")
	namedFiles[checkFile](g, "/checks/{check}", "check", "集中排查的")
}

func namedFiles[I any, P interface {
	*I
	naming
}](g subject, record, of, what string) {
	filesAt(g, record, of, what, func(ctx context.Context, in *I) (attachments.Hash, error) { return g.server.namedFile(ctx, P(in)) }, nil)
}

// filesAt serves the content, the thumbnail and the description of the files that
// find finds, once shown has noted that the content is shown, where it must be.
func filesAt[I any](g subject, record, of, what string, find func(context.Context, *I) (attachments.Hash, error), shown func(context.Context, *I) error) {
	s, path := g.server, record+"/attachments/{hash}"
	if of != "" {
		of += "-"
	}
	sends := func(open opening) func(context.Context, *I) (*huma.StreamResponse, error) {
		return func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
			hash, err := find(ctx, in)
			if err == nil && shown != nil {
				err = shown(ctx, in)
			}
			if err != nil {
				return nil, err
			}
			return s.download(ctx, hash, open)
		}
	}
	get(g, path, "get-"+of+"attachment", what+"附件内容", sends((*attachments.Attachments).Open))
	get(g, path+"/thumbnail", "get-"+of+"thumbnail", what+"附件缩略图（JPEG）", sends((*attachments.Attachments).Thumbnail))
	get(g, path+"/description", "describe-"+of+"attachment", what+"附件说明：类型、大小、历次上传", func(ctx context.Context, in *I) (*answer[AttachmentInfo], error) {
		hash, err := find(ctx, in)
		if err != nil {
			return nil, err
		}
		by := ""
		if record == "" {
			by = callerOf(ctx).person
		}
		info, err := s.describeAttachment(ctx, hash, by)
		return answerOf(info), err
	})
}

// namedFile is the file that is asked for, if the record names it. Whether there
// is such a file elsewhere is not told.
func (s *server) namedFile(ctx context.Context, in naming) (attachments.Hash, error) {
	id, stream, text := in.names()
	hash, err := s.asked(text)
	if err != nil {
		return hash, err
	}
	if isID(id, "") != nil {
		return hash, attachments.ErrNotFound
	}
	named, err := s.Handler.Names(ctx, stream, code.Attachment(hash.String()))
	if err == nil && !named {
		err = attachments.ErrNotFound
	}
	return hash, err
}

// paperShown notes that the caller has a scanned paper of a household's file shown,
// on which personal numbers stand, and why; a photograph needs no reason.
func (s *server) paperShown(ctx context.Context, in *householdFile) error {
	facts, err := s.Handler.Facts(ctx, in.Household)
	if err != nil {
		return err
	}
	for _, f := range facts {
		for _, file := range projections.FilesOf(f.Event) {
			if string(file.Hash) == in.Hash && file.Kind == projections.PhotoKind {
				return nil
			}
		}
	}
	return s.shows(ctx, account.PersonalShown{Household: in.Household, Fields: []string{"paper"}, Reason: in.Reason})
}

// shows records that the caller has personal data shown.
func (s *server) shows(ctx context.Context, e account.PersonalShown) error {
	var by account.State
	if err := s.Accounts.Directory.Accounts(func(b *account.Book) error { by, _ = b.ByPerson(callerOf(ctx).person); return nil }); err != nil {
		return err
	}
	return s.Accounts.Show(ctx, by.Account, e, accounts.Door{Channel: "api"})
}

// ownFile is a file that the caller handed in himself, lately.
func (s *server) ownFile(ctx context.Context, in *AttachmentHash) (attachments.Hash, error) {
	hash, err := s.asked(in.Hash)
	if err != nil {
		return hash, err
	}
	own, err := s.Attachments.Lately(ctx, hash, callerOf(ctx).person)
	if err == nil && !own {
		err = attachments.ErrNotFound
	}
	return hash, err
}

func (s *server) asked(text string) (attachments.Hash, error) {
	if s.Attachments == nil {
		return attachments.Hash{}, newProblem(readUnavailable, "本服务未配置附件")
	}
	return attachments.ParseHash(text)
}

// describeAttachment tells what is known of a file, and what was stated about it:
// by somebody, or by everybody who handed it in.
func (s *server) describeAttachment(ctx context.Context, hash attachments.Hash, by string) (AttachmentInfo, error) {
	kept, err := s.Attachments.Stat(ctx, hash)
	if err != nil {
		return AttachmentInfo{}, err
	}
	stated, err := s.Attachments.Statements(ctx, hash)
	info := infoOf(kept)
	for _, st := range stated {
		if by != "" && st.By != by {
			continue
		}
		info.Statements = append(info.Statements, Statement{st.CapturedAt, st.Place, st.By, st.At})
	}
	return info, err
}

// opening opens a file, or its thumbnail.
type opening func(*attachments.Attachments, context.Context, attachments.Hash) (*attachments.Content, error)

// download gives a file out. Its first frame is verified before the answer
// begins; if a later one is damaged the connection breaks, so that half a file
// is never taken for the whole. No browser keeps it: the next who sits there may
// not see it.
func (s *server) download(ctx context.Context, hash attachments.Hash, open opening) (*huma.StreamResponse, error) {
	// Opened once to answer with a problem if it cannot be; opened again under
	// the answer's own context, since this one ends with the question.
	probe, err := open(s.Attachments, ctx, hash)
	if err != nil {
		return nil, err
	}
	if err := probe.Close(); err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		content, err := open(s.Attachments, c.Context(), hash)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer func() { _ = content.Close() }() // what was read is verified
		c.SetHeader("Content-Type", content.MediaType)
		c.SetHeader("Content-Disposition", "inline")
		c.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		c.SetStatus(http.StatusOK)
		if _, err := io.Copy(c.BodyWriter(), content); err != nil {
			s.Logger.ErrorContext(c.Context(), "attachment broke off", "hash", hash.String(), "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

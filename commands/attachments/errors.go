package attachments

import (
	"errors"
	"fmt"
	"syscall"
)

// Error is what can be said to the person at the screen.
type Error struct {
	Rule   string // stable id, for tests, screens and statistics
	Reason string // Chinese
}

func (e *Error) Error() string { return e.Rule + ": " + e.Reason }

// What Put refuses. Nothing is kept then.
var (
	ErrEmpty      = &Error{"attachment.empty", "文件是空的"}
	ErrTooLarge   = &Error{"attachment.too-large", "文件超过 20 MiB"}
	ErrType       = &Error{"attachment.type", "只接受照片（JPEG、PNG、WebP）和 PDF；按内容判断，与文件名无关"}
	ErrUnreadable = &Error{"attachment.unreadable", "文件不完整或已损坏，无法读取"}
	ErrPixels     = &Error{"attachment.too-many-pixels", "照片过大：最多 5000 万像素，每边最多 30000 像素"}
	ErrStatement  = &Error{"attachment.statement", "拍摄时间、拍摄地点或上传人的写法不符合要求"}
	ErrNoSpace    = &Error{"attachment.disk-full", "服务器存储空间不足，文件没有保存，请联系管理员后重试"}
)

// What reading may meet.
var (
	ErrNotFound    = &Error{"attachment.not-found", "没有这个附件"}
	ErrDamaged     = &Error{"attachment.damaged", "附件与登记的校验值不符，可能已被改动或损坏"}
	ErrNoThumbnail = &Error{"attachment.no-thumbnail", "该附件没有缩略图"}
)

// ErrExists is what a Store says when it holds the name already.
var ErrExists = errors.New("attachments: the name is taken")

// noSpace turns the system's words for a full disk into ErrNoSpace.
func noSpace(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	}
	return err
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

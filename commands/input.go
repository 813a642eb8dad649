package commands

import (
	"context"
	"fmt"
	"reflect"
	"unicode"
	"unicode/utf8"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxText bounds any text in a command, in characters: two pages of minutes.
const MaxText = 2000

var (
	textType       = reflect.TypeFor[code.Text]()
	attachmentType = reflect.TypeFor[code.Attachment]()
)

// checkInput holds what no command may carry, whatever it is: a full personal
// number in free text, text without end, control characters, an attachment
// that does not exist.
func (h *Handler) checkInput(ctx context.Context, r Request, c any) error {
	if err := r.check(); err != nil {
		return err
	}
	return h.checkValue(ctx, reflect.ValueOf(c))
}

func (h *Handler) checkValue(ctx context.Context, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		return h.checkString(ctx, v)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanInterface() {
				if err := h.checkValue(ctx, f); err != nil {
					return err
				}
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := h.checkValue(ctx, v.Index(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *Handler) checkString(ctx context.Context, v reflect.Value) error {
	s := v.String()
	switch {
	case s == "":
		return nil
	case !plain(s):
		return policy.Refuse(policy.Malformed, "文字中有不可见的控制字符")
	case len(s) > MaxText && utf8.RuneCountInString(s) > MaxText:
		return policy.Refuse(policy.Malformed, "一段文字不应超过%d字", MaxText)
	}
	switch v.Type() {
	case textType:
		if kind := code.PersonalNumber(s); kind != "" {
			return policy.Refuse(policy.PersonalInText, "说明文字中不应写%s", kind)
		}
	case attachmentType:
		if h.Attachments == nil {
			return nil
		}
		ok, err := h.Attachments.Exists(ctx, code.Attachment(s))
		if err != nil {
			return fmt.Errorf("look for attachment: %w", err)
		}
		if !ok {
			return policy.Refuse(policy.AttachmentUnknown, "没有这份附件，请先上传")
		}
	}
	return nil
}

// plain says that s is UTF-8 without hidden characters.
func plain(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError && !utf8.ValidString(s[i:]) || hidden(r) {
			return false
		}
	}
	return true
}

// hidden characters have no place in a record: controls other than line breaks
// and tabs, and marks that turn the direction of text.
func hidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

package web

import (
	"encoding/base32"
	"strings"

	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/eventlog"
)

// A tracking code (查询码) is shown once to whoever sent something. It is made from
// the form's key with the server's own secret, so the same form gives the same
// code; what it leads to is named by a digest of it, so that nothing anywhere
// holds the code itself and nobody who reads the record can tell it.

const (
	// codeLetters of a code: 60 bits, read out and typed on a telephone.
	codeLetters = 12
	codePurpose = "tracking-code"
)

// letters are those that nobody mistakes for another.
var letters = base32.NewEncoding("23456789ABCDEFGHJKLMNPQRSTUVWXYZ").WithPadding(base32.NoPadding)

// codeFor is the code of the form with the key.
func (s *site) codeFor(key string) string {
	return letters.EncodeToString(s.Handler.Keys.Hash(codePurpose, key))[:codeLetters]
}

// typedCode is a code as somebody typed it; "" where it cannot be one.
func typedCode(text string) string {
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "　", "").Replace(strings.TrimSpace(text)))
	if len(code) != codeLetters {
		return ""
	}
	if _, err := letters.DecodeString(code + strings.Repeat("2", 16-codeLetters)); err != nil {
		return ""
	}
	return code
}

// applicationOf is the stream that a code leads to, objectionOf the objection.
func applicationOf(code string) string { return commands.NewID("application", code) }
func objectionOf(code string) string {
	return "web-" + eventlog.DeriveID("objection", code, 0).String()
}

// isKey says whether a form's key is one that the page gave out: a UUID.
func isKey(key string) bool {
	return uuid.Validate(key) == nil && len(key) == 36
}

package web

import (
	"context"
	"net/http"
)

// Check is one sentence of the self-check (系统自检): what was looked at, and how
// it stands.
type Check struct {
	State  CheckState
	ZH, EN string
}

// CheckState is how a check ended.
type CheckState string

// How checks end.
const (
	CheckFine  CheckState = "ok"
	CheckNote  CheckState = "note"  // nothing is wrong, but one should know
	CheckWrong CheckState = "wrong" // somebody must act
)

// SelfCheck looks at the whole installation and changes nothing.
type SelfCheck func(context.Context) ([]Check, error)

// selfCheck is the page; examined shows what was found. The checks read the
// whole record once, so they run when they are asked for.
func (s *site) selfCheck(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.show(w, r, v, http.StatusOK, selfCheckPage(nil))
}

func (s *site) examined(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.SelfCheck == nil {
		return errNoPage
	}
	found, err := s.SelfCheck(r.Context())
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, selfCheckPage(found))
}

// verdict is how all checks together ended.
func verdict(all []Check) CheckState {
	worst := CheckFine
	for _, c := range all {
		if c.State == CheckWrong {
			return CheckWrong
		}
		if c.State == CheckNote {
			worst = CheckNote
		}
	}
	return worst
}

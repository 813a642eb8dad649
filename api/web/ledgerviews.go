package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/account"
	"shouwang/domain/office"
)

const ledgerPath = "/ledger"

// kept are the parameters that a view of the ledger keeps: what is asked, not
// which page of it.
func kept(asked url.Values) url.Values {
	q := url.Values{}
	for name, values := range asked {
		for _, value := range values {
			if name != "after" && value != "" {
				q.Add(name, value)
			}
		}
	}
	return q
}

// saveView keeps what the ledger is asked for under a name (常用视图).
func (s *site) saveView(w http.ResponseWriter, r *http.Request, v *visitor) error {
	asked := kept(r.URL.Query()).Encode()
	if err := s.Accounts.SaveView(r.Context(), v.Account, ledgerPath, r.PostFormValue("name"), asked, s.door(r)); err != nil {
		return err
	}
	return onward(w, r, ledgerPath+"?"+asked)
}

func (s *site) removeView(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.Accounts.RemoveView(r.Context(), v.Account, chi.URLParam(r, "view"), s.door(r)); err != nil {
		return err
	}
	return onward(w, r, ledgerPath)
}

// views are the visitor's views of the ledger.
func (b book) views(v *visitor) (views []account.ViewSaved) {
	for _, view := range v.Views {
		if view.Page == ledgerPath {
			views = append(views, view)
		}
	}
	return views
}

// shows says whether the ledger shows what the view asks for.
func (b book) showsView(view account.ViewSaved) bool { return kept(b.asked).Encode() == view.Asked }

// called are the regions whose name has what is searched for: somebody may look
// for a village by its name.
func called(regions []office.Region, text string) (found []office.Region) {
	if len([]rune(text)) < 2 {
		return nil
	}
	for _, r := range regions {
		if strings.Contains(r.Name, text) && len(found) < maxCalled {
			found = append(found, r)
		}
	}
	return found
}

// maxCalled bounds the villages offered for a name: as many as fit on a line.
const maxCalled = 6

// of is the ledger's address with everything that is asked, at another path.
func (b book) at(path string) string { return path + "?" + kept(b.asked).Encode() }

// only is the ledger of one region, searched for no more.
func (b book) only(region string) string {
	q := kept(b.asked)
	q.Del("text")
	q.Set("region", region)
	return ledgerPath + "?" + q.Encode()
}

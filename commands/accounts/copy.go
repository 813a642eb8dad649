package accounts

import (
	"context"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Show records that the account's person has somebody's personal data shown in
// full, before they are shown.
func (a *Accounts) Show(ctx context.Context, id string, e account.PersonalShown, door Door) error {
	if err := checkReason(e.Reason); err != nil {
		return err
	}
	return a.own(ctx, id, door.Channel, func(account.State) ([]account.Event, error) { return []account.Event{e}, nil })
}

// Copy records that the account's person took a copy out of the system, before
// he gets it. A personal number that was searched for is not kept.
func (a *Accounts) Copy(ctx context.Context, id string, e account.CopyMade, door Door) error {
	page, asked, _ := strings.Cut(e.What, "?")
	if asked != "" {
		e.What = page + "?" + withoutNumbers(asked)
	}
	return a.own(ctx, id, door.Channel, func(account.State) ([]account.Event, error) { return []account.Event{e}, nil })
}

// withoutNumbers are an address's parameters with personal numbers struck out.
func withoutNumbers(asked string) string {
	q, err := url.ParseQuery(asked)
	if err != nil {
		return ""
	}
	for _, values := range q {
		for i, value := range values {
			if kind := code.PersonalNumber(value); kind != "" {
				values[i] = "（" + kind + "）"
			}
		}
	}
	return q.Encode()
}

// SaveView keeps what the account's own person asked a list for.
func (a *Accounts) SaveView(ctx context.Context, id, page, name, asked string, door Door) error {
	e := account.ViewSaved{View: uuid.NewString(), Page: page, Name: code.Text(strings.TrimSpace(name)), Asked: asked}
	if kind := code.PersonalNumber(name); kind != "" {
		return policy.Refuse(policy.PersonalInText, "名称中不应写%s", kind)
	}
	if q, err := url.ParseQuery(asked); err != nil || withoutNumbers(asked) != q.Encode() {
		return policy.Refuse(policy.PersonalInText, "含有个人号码的条件不能保存为视图")
	}
	return a.own(ctx, id, door.Channel, func(s account.State) ([]account.Event, error) {
		if err := s.SaveView(e); err != nil {
			return nil, err
		}
		return []account.Event{e}, nil
	})
}

// RemoveView forgets a view of the account's own person.
func (a *Accounts) RemoveView(ctx context.Context, id, view string, door Door) error {
	return a.own(ctx, id, door.Channel, func(s account.State) ([]account.Event, error) {
		if err := s.RemoveView(view); err != nil {
			return nil, err
		}
		return []account.Event{account.ViewRemoved{View: view}}, nil
	})
}

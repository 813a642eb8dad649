package messages

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// The types of messages that become acts.
const (
	// DepartmentList is a department's list of warnings (部门筛查预警, S2.15): each
	// line becomes a clue in its household's file, or one to be matched (待确认).
	DepartmentList = "shouwang.department-list.v1"
	// Acknowledgement says that another system has done its part for a household:
	// entered it (系统录入) or marked it (系统标注).
	Acknowledgement = "shouwang.acknowledgement.v1"
)

const (
	// maxIncoming bounds a message: a list of 1,000 lines.
	maxIncoming = 1 << 20
	maxLines    = 1_000
	// maxMessageID bounds a message's id, so that a key made with it fits.
	maxMessageID = 100
)

// Actor enters acts: commands.Handler.
type Actor interface {
	Household(ctx context.Context, r commands.Request, id string, c household.Command) (commands.Result, error)
	Facts(ctx context.Context, id string) ([]household.Fact, error)
}

// incoming is a message as another system sends it: a CloudEvent.
type incoming struct {
	SpecVersion string         `json:"specversion"`
	ID          string         `json:"id"`
	Source      string         `json:"source"`
	Type        string         `json:"type"`
	Data        jsontext.Value `json:"data"`
}

type departmentList struct {
	Department string       `json:"department"` // code.Departments
	Happened   calendar.Day `json:"happened"`
	Lines      []listLine   `json:"lines"`
}

// listLine names a household by our id, or describes whom it is about.
type listLine struct {
	Household string    `json:"household,omitzero"`
	Name      string    `json:"name,omitzero"`
	Region    string    `json:"region,omitzero"`
	Content   code.Text `json:"content"`
}

type acknowledgement struct {
	Household string       `json:"household"`
	Done      string       `json:"done"` // entered or marked
	System    string       `json:"system"`
	National  string       `json:"national_no,omitzero"`
	Happened  calendar.Day `json:"happened"`
}

// inbound turns messages into acts, with the sender's identity.
type inbound struct {
	actor   Actor
	senders Senders
}

// take enters what a message says. A message that comes again changes nothing:
// its id is the acts' idempotency key.
func (in *inbound) take(m *message.Message) error {
	if len(m.Payload) > maxIncoming {
		return Refuse(fmt.Errorf("the message has %d bytes, at most %d", len(m.Payload), maxIncoming))
	}
	var e incoming
	if err := json.Unmarshal(m.Payload, &e); err != nil {
		return Refuse(fmt.Errorf("not a CloudEvent in JSON: %w", err))
	}
	if e.SpecVersion != "1.0" || e.ID == "" || len(e.ID) > maxMessageID {
		return Refuse(fmt.Errorf("a CloudEvent 1.0 with an id of at most %d bytes is asked for", maxMessageID))
	}
	sender, known := in.senders[e.Source]
	if !known {
		return Refuse(fmt.Errorf("%w: %q", ErrSender, e.Source))
	}
	if m.Metadata.Get(headerID) != e.ID {
		return Refuse(fmt.Errorf("%w: it is for another id", ErrSignature))
	}
	if err := sender.secret.Check(e.ID, m.Metadata.Get(headerTimestamp), m.Payload, m.Metadata.Get(headerSignature)); err != nil {
		return Refuse(err)
	}
	switch e.Type {
	case DepartmentList:
		return decision(in.list(m.Context(), sender, e))
	case Acknowledgement:
		return decision(in.acknowledged(m.Context(), sender, e))
	}
	return Refuse(fmt.Errorf("no act stands behind a message of type %q", e.Type))
}

// decision tells what the record refuses from what only did not work now.
func decision(err error) error {
	var refusal *policy.Refusal
	var stale *commands.StaleError
	if errors.As(err, &refusal) || errors.As(err, &stale) {
		return Refuse(err)
	}
	return err
}

func (in *inbound) list(ctx context.Context, sender Sender, e incoming) error {
	var list departmentList
	if err := json.Unmarshal(e.Data, &list, json.RejectUnknownMembers(true)); err != nil {
		return Refuse(fmt.Errorf("read the list: %w", err))
	}
	if len(list.Lines) == 0 || len(list.Lines) > maxLines {
		return Refuse(fmt.Errorf("a list has 1 to %d lines, not %d", maxLines, len(list.Lines)))
	}
	for i, line := range list.Lines {
		r := request(sender, e, list.Happened, i)
		id := line.Household
		if id == "" {
			id = commands.NewID(r.By, r.Key)
		} else if err := in.exists(ctx, id); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
		c := household.RecordClue{Clue: commands.NewID(r.By, r.Key), Channel: code.DepartmentWarning, Department: list.Department,
			Content: line.Content, Name: line.Name, Region: line.Region}
		if _, err := in.actor.Household(ctx, r, id, c); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

func (in *inbound) acknowledged(ctx context.Context, sender Sender, e incoming) error {
	var a acknowledgement
	if err := json.Unmarshal(e.Data, &a, json.RejectUnknownMembers(true)); err != nil {
		return Refuse(fmt.Errorf("read the acknowledgement: %w", err))
	}
	var c household.Command
	switch a.Done {
	case "entered":
		c = household.EnterSystem{System: a.System, National: a.National}
	case "marked":
		c = household.MarkSystem{System: a.System}
	default:
		return Refuse(fmt.Errorf("entered or marked is acknowledged, not %q", a.Done))
	}
	if err := in.exists(ctx, a.Household); err != nil {
		return err
	}
	_, err := in.actor.Household(ctx, request(sender, e, a.Happened, 0), a.Household, c)
	return err
}

func (in *inbound) exists(ctx context.Context, id string) error {
	facts, err := in.actor.Facts(ctx, id)
	if err == nil && len(facts) == 0 {
		err = policy.Refuse(policy.HouseholdUnknown, "没有这户的档案")
	}
	return err
}

// request is the sender's act. What happened before today is entered as from paper.
func request(sender Sender, e incoming, happened calendar.Day, line int) commands.Request {
	source := sha256.Sum256([]byte(e.Source))
	r := commands.Request{Key: fmt.Sprintf("message:%s:%s:%d", hex.EncodeToString(source[:6]), e.ID, line),
		By: sender.Person, Appointment: sender.Appointment, Channel: "message", Mode: act.Performed, Happened: happened}
	if happened != 0 {
		r.Mode, r.DoneBy = act.Transcribed, []commands.DoneBy{{Person: sender.Person, Appointment: sender.Appointment}}
	}
	return r
}

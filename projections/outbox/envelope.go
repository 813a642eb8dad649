package outbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"shouwang/eventlog"
)

const (
	// TypePrefix stands before an event's name in a message's type.
	TypePrefix = "shouwang."
	// SchemaPrefix stands before an event's name in the name of its schema.
	SchemaPrefix = "urn:shouwang:schema:"
	// ContentType is of a message as a whole.
	ContentType = "application/cloudevents+json"
)

// Envelope is a CloudEvent 1.0 in its structured JSON form, with the extensions
// partitioning and sequence.
type Envelope struct {
	SpecVersion     string         `json:"specversion"`
	ID              string         `json:"id"`
	Source          string         `json:"source"`
	Type            string         `json:"type"`
	Subject         string         `json:"subject"`
	Time            string         `json:"time"`
	DataContentType string         `json:"datacontenttype"`
	DataSchema      string         `json:"dataschema"`
	PartitionKey    string         `json:"partitionkey"`
	Sequence        string         `json:"sequence,omitzero"`
	Data            jsontext.Value `json:"data"`
}

// Source names a record as the origin of messages.
func Source(log string) string { return "urn:shouwang:log:" + log }

// message is a row of the outbox.
type message struct {
	ID       eventlog.ID
	Subject  string
	Region   string
	Type     string
	Body     []byte
	Happened time.Time
}

// write makes the bytes that are sent.
func write(source string, m message, version eventlog.Version, data map[string]jsontext.Value) (message, error) {
	body, err := json.Marshal(data, json.Deterministic(true))
	if err != nil {
		return m, fmt.Errorf("write the data of %s: %w", m.Type, err)
	}
	e := Envelope{SpecVersion: "1.0", ID: m.ID.String(), Source: source, Type: TypePrefix + m.Type, Subject: m.Subject,
		Time: m.Happened.UTC().Format(time.RFC3339Nano), DataContentType: "application/json", DataSchema: SchemaPrefix + m.Type,
		PartitionKey: m.Subject, Data: body}
	if version > 0 {
		// Ten digits, so that the texts sort as the numbers do.
		e.Sequence = fmt.Sprintf("%010d", version)
	}
	if m.Body, err = json.Marshal(e); err != nil {
		return m, fmt.Errorf("write %s: %w", m.Type, err)
	}
	return m, nil
}

// message tells an event, if it is told at all.
func (f *Follower) message(rec eventlog.Record, where string) (message, bool, error) {
	fields, told := types[rec.Type]
	id, ours := strings.CutPrefix(rec.Stream, householdPrefix)
	if !told || !ours {
		return message{}, false, nil
	}
	var from, meta map[string]jsontext.Value
	if err := json.Unmarshal(rec.Data, &from); err != nil {
		return message{}, false, fmt.Errorf("read %s: %w", rec.Type, err)
	}
	if err := json.Unmarshal(rec.Meta, &meta); err != nil {
		return message{}, false, fmt.Errorf("read the metadata of %s: %w", rec.Type, err)
	}
	data := map[string]jsontext.Value{}
	tell(data, "household", anID, quoted(id))
	tell(data, "region", region, quoted(where))
	tell(data, "version", count, jsontext.Value(fmt.Sprint(rec.Version)))
	tell(data, "happened", aDay, meta["happened"])
	for name, k := range fields {
		tell(data, name, k, from[name])
	}
	m, err := write(f.source, message{ID: rec.ID, Subject: rec.Stream, Region: where, Type: rec.Type, Happened: rec.RecordedAt}, rec.Version, data)
	return m, err == nil, err
}

func tell(data map[string]jsontext.Value, name string, k kind, v jsontext.Value) {
	if len(v) == 0 {
		return
	}
	if told, ok := k.told(v); ok {
		data[name] = told
	}
}

func quoted(s string) jsontext.Value {
	v, err := jsontext.AppendQuote(nil, s)
	if err != nil {
		return nil // not UTF-8: told by nobody
	}
	return v
}

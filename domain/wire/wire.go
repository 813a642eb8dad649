package wire

import (
	"fmt"
	"reflect"

	"github.com/go-json-experiment/json"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// Sealer seals and opens the personal fields of one subject: a household, or an
// objector. field is the field's path in the event, such as members/0/id_number.
type Sealer interface {
	Seal(field, clear string) (string, error)
	Open(field, sealed string) (string, error)
}

// voidName is the name of a void in every stream: whoever follows the record looks
// for one.
const voidName = "fact.voided.v1"

// Encode returns an event's wire name and bytes, with its personal fields sealed.
func Encode(e any, s Sealer) (name string, data []byte, err error) {
	if name, err = Name(e); err != nil {
		return "", nil, err
	}
	if HoldsPersonal(e) {
		if s == nil {
			return "", nil, fmt.Errorf("wire: %s holds personal fields and nothing seals them", name)
		}
		if e, err = mapPersonal(e, s.Seal); err != nil {
			return "", nil, fmt.Errorf("seal %s: %w", name, err)
		}
	}
	if data, err = json.Marshal(e); err != nil {
		return "", nil, fmt.Errorf("encode %s: %w", name, err)
	}
	return name, data, nil
}

// Decode returns the event with that name and those bytes. With a nil Sealer
// personal fields stay sealed: folding and most read models need none.
func Decode(name string, data []byte, s Sealer) (any, error) {
	p, ok := New(name)
	if !ok {
		return nil, fmt.Errorf("wire: %q is not known", name)
	}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	e := reflect.ValueOf(p).Elem().Interface()
	if s == nil || !HoldsPersonal(e) {
		return e, nil
	}
	e, err := mapPersonal(e, s.Open)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return e, nil
}

// DecodeMeta reads metadata bytes.
func DecodeMeta(data []byte) (act.Act, error) {
	var a act.Act
	if err := json.Unmarshal(data, &a); err != nil {
		return a, fmt.Errorf("decode metadata: %w", err)
	}
	return a, nil
}

// Household decodes an event of a household's stream.
func Household(name string, data []byte, s Sealer) (household.Event, error) {
	return decodeAs[household.Event](name, data, s)
}

// Paper decodes an event of a paper's stream.
func Paper(name string, data []byte, s Sealer) (paper.Event, error) {
	if name == voidName {
		v, err := decodeAs[household.FactVoided](name, data, nil)
		return paper.FactVoided(v), err
	}
	return decodeAs[paper.Event](name, data, s)
}

// Fund decodes an event of a fund's stream.
func Fund(name string, data []byte) (fund.Event, error) {
	if name == voidName {
		v, err := decodeAs[household.FactVoided](name, data, nil)
		return fund.FactVoided(v), err
	}
	return decodeAs[fund.Event](name, data, nil)
}

// Office decodes an event about regions, offices and appointments.
func Office(name string, data []byte) (office.Event, error) {
	if name == voidName {
		v, err := decodeAs[household.FactVoided](name, data, nil)
		return office.EntryVoided(v), err
	}
	return decodeAs[office.Event](name, data, nil)
}

// Policy decodes an event about packs.
func Policy(name string, data []byte) (policy.Event, error) {
	if name == voidName {
		v, err := decodeAs[household.FactVoided](name, data, nil)
		return policy.AdoptionVoided(v), err
	}
	return decodeAs[policy.Event](name, data, nil)
}

// Account decodes an event of an account's stream.
func Account(name string, data []byte, s Sealer) (account.Event, error) {
	return decodeAs[account.Event](name, data, s)
}

// Duty decodes an event of an office's duties or of a concentrated check.
func Duty(name string, data []byte) (duty.Event, error) {
	if name == voidName {
		v, err := decodeAs[household.FactVoided](name, data, nil)
		return duty.FactVoided(v), err
	}
	return decodeAs[duty.Event](name, data, nil)
}

// Inspection decodes an event of a check on the spot.
func Inspection(name string, data []byte) (inspection.Event, error) {
	return decodeAs[inspection.Event](name, data, nil)
}

// Voids names the entry that a decoded event makes void, "" if it is no void.
func Voids(e any) string {
	if v, ok := e.(household.FactVoided); ok {
		return v.Event
	}
	return ""
}

func decodeAs[E any](name string, data []byte, s Sealer) (E, error) {
	e, err := Decode(name, data, s)
	if err != nil {
		var none E
		return none, err
	}
	typed, ok := e.(E)
	if !ok {
		return typed, fmt.Errorf("wire: %s does not belong in this stream", name)
	}
	return typed, nil
}

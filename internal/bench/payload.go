package bench

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"

	"github.com/google/uuid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// eventsPerStream is how many events an appender adds to one household's stream
// before it turns to the next, as a working day at an office goes.
const eventsPerStream = 10

// payload is the bytes of an event as households' files hold most of: a visit.
type payload struct {
	name       string
	data, meta []byte
}

func newPayload() (payload, error) {
	name, data, err := wire.Encode(visit(1), nil)
	if err != nil {
		return payload{}, err
	}
	meta, err := wire.EncodeMeta(someAct("2023-03-01"))
	return payload{name, data, meta}, err
}

func (p payload) String() string { return fmt.Sprintf("%d + %d B an event", len(p.data), len(p.meta)) }

func visit(n int) household.Visited {
	return household.Visited{Visit: fmt.Sprintf("v%d", n), Kind: "routine", Place: "家中",
		Note: "户主在家,老人身体好转,已按时服药;住房安全,饮水正常;小麦长势较好,预计下月外出务工,已告知公益性岗位报名时间。"}
}

// someAct is a complete act of an invented cadre.
func someAct(day string) act.Act {
	cadre := act.Person{ID: "p-0412", Name: "周某某", Appointment: "a-0412", Capacity: code.VillageCadre, Post: "村文书",
		Office: "office-v-0201", Region: "629900101201", Level: code.Village, Covers: true}
	return act.Act{Happened: calendar.MustDay(day), DoneBy: []act.Person{cadre}, RecordedBy: cadre, Mode: act.Performed, Channel: "bench",
		Pack: act.Pack{Name: "county-2023", Version: "1", SHA256: "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"},
		Key:  "7d2f6c1e-9a55-4d0e-8a55-1f0a6c2b9e11", Body: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		Correlation: "b1946ac9-2492-5d23-b1a0-6f1d2e3c4b5a", Salt: "00112233445566778899aabbccddeeff"}
}

// ids gives ids that are unique and look random, for less than it costs to
// derive them: what is measured comes after.
type ids struct {
	last atomic.Uint64
	salt uint64
}

func newIDs() *ids {
	random := uuid.New()
	return &ids{salt: binary.BigEndian.Uint64(random[:])}
}

func (s *ids) next() eventlog.ID { return scattered(s.salt, s.last.Add(1)) }

// scattered turns two numbers into an id spread over the whole range, the worst
// case for an index.
func scattered(a, b uint64) (id eventlog.ID) {
	binary.BigEndian.PutUint64(id[:8], mixed(a+b))
	binary.BigEndian.PutUint64(id[8:], mixed(a^mixed(b)))
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	return id
}

// mixed is the finaliser of splitmix64: one to one, and every bit of the result
// depends on every bit given.
func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

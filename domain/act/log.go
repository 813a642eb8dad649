package act

import "time"

// Clock tells a real log from a demonstration, on every face.
type Clock string

const (
	RealClock          Clock = "real"
	DemonstrationClock Clock = "demonstration"
)

// LogEvent is a fact about the log itself, in the stream "log".
//
//sumtype:decl
type LogEvent interface{ isLogEvent() }

// LogStream is the stream whose first record opens the log.
const LogStream = "log"

// LogOpened is the first record of every log.
type LogOpened struct {
	Log       string `json:"log"` // id
	Clock     Clock  `json:"clock"`
	HashSuite string `json:"hash_suite"`
}

// DemonstrationLoaded: the demonstration county is complete. Its today is Today
// plus the real time since At.
type DemonstrationLoaded struct {
	Seed       int64     `json:"seed"`
	Households int       `json:"households"`
	Events     int64     `json:"events"`
	Today      time.Time `json:"today"`
	At         time.Time `json:"at"` // by the machine's clock
}

func (LogOpened) isLogEvent()           {}
func (DemonstrationLoaded) isLogEvent() {}

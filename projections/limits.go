package projections

import "time"

const (
	// maxBatch bounds one transaction of a follower: large enough that its
	// fixed cost (five round trips) vanishes, small enough that a reader of its
	// own write waits for milliseconds behind a backlog.
	maxBatch = 2_000
	// maxBatchBytes bounds a batch in memory: eight events of the largest kind.
	maxBatchBytes = 8 << 20

	// takeOver is how often a process that stands by asks for the lock. With
	// the 4 seconds in which a vanished machine is noticed, a follower goes on
	// within 5 seconds.
	takeOver = 500 * time.Millisecond
	// firstAsk is the first pause before asking again: a program that is
	// restarted often meets the lock of the one that just left.
	firstAsk = 10 * time.Millisecond
	// firstRetry and lastRetry bound the pause after a failure that may pass.
	firstRetry = 50 * time.Millisecond
	lastRetry  = 2 * time.Second
	// aliveCheck is how often a follower with nothing to do looks whether its
	// connection lives.
	aliveCheck = time.Second
	// restCheck is how often a follower that stopped looks whether a rebuilt
	// model took its place.
	restCheck = time.Second
	// farewell bounds the closing of a connection.
	farewell = time.Second

	// AwaitLimit bounds a wait for one's own write: longer than any healthy
	// follower needs, shorter than the patience of a person at a form.
	AwaitLimit = 2 * time.Second
	// firstLook and lastLook bound the pauses between looks at a follower that
	// another process holds.
	firstLook = 3 * time.Millisecond
	lastLook  = 50 * time.Millisecond
	// ownLook is how often a waiter looks at the stored checkpoint although
	// this process follows: a rebuild elsewhere may have moved it.
	ownLook = 250 * time.Millisecond

	// lagCount bounds the counting of what is not applied yet; beyond it the
	// status says "more than".
	lagCount = 10_000

	// swapBehind is how many records may be left for the moment of the swap,
	// while the live follower waits: some 50 ms of work.
	swapBehind = 500
	// swapTries bounds the attempts to get that close beside busy writers.
	swapTries = 20
	// dropWait and dropTries bound the wait for the last readers of a model that
	// was replaced; what still stands after that goes with the next rebuild.
	dropWait  = 250 * time.Millisecond
	dropTries = 20

	// maxReason bounds the stored reason why a follower stopped.
	maxReason = 2_000
)

// Package messages is the face of the record towards other systems: what it
// tells them and what they tell it, as Watermill messages.
//
//	outbox ─► queue ─► router: poison queue ► retry ► recover ─► publisher
//	          one per destination, held by one process at a time
//
// A destination is a Watermill publisher and a place in the outbox. The queue
// hands each household's messages out one after the other, several households at
// once, and notes how far it is only when the publisher has taken them: every
// message is delivered at least once, under an id by which it is known again.
//
// A publisher says with Refuse that a message will never be taken as it is. It
// then waits in the poison queue, and what comes later about the same household
// waits behind it; others go on. Any other failure means that the destination is
// away: the message is tried again, ever more slowly and for ever.
//
// What this office itself does is done by handlers of routers too. Telling the office
// concerned is a destination, Local. The open pages of a process hear through a router
// that each process has, whose subscriber is the outbox's end: see Feed.
package messages

// Package outbox is what other systems are told. A follower of its own turns the
// record's events into messages and adds them, in the transaction that moves its
// checkpoint, to a table from which they are delivered, each in its household's
// order.
//
// It is a follower, not a read model: a rebuild never touches it, because what
// was sent is sent. It begins where the record ended when it first ran, and in a
// copy of the record right after the last event it took in.
//
// A message is a CloudEvent 1.0 that says what happened to which household, when
// and where, in ids, codes, days and numbers only (see published): no name, no
// text, nothing that identifies a person. Whoever may know more asks the API.
package outbox

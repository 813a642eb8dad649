// Package sealing keeps personal data out of the record in clear: ID numbers,
// phones, bank accounts and health details stand in events only as sealed
// values.
//
// Every household (and every objector, complainant or petitioner, apart from
// the household) is a subject with a key of its own. The keys stand wrapped in
// an append-only table beside the record and go into the same backup; the
// master key that unwraps them stands in a file outside the database. Whoever
// has one without the other reads nothing.
//
// A sealed value is
//
//	k<version>.<base64url(commitment ‖ nonce ‖ ciphertext ‖ tag)>
//
// under AES-256-GCM with subject and field as associated data, so that a value
// copied to another household or another field does not open. The version names
// the key of the subject. The commitment binds the value to that one key:
// AES-GCM alone would let a forger prepare a value that opens under two keys to
// two different texts.
package sealing

// Package localpg runs a private Postgres in a data folder, for people who have
// no database server and should not need to know that one is running.
//
// The server listens on a Unix socket inside its own folder and nowhere else.
// It belongs to no command in particular: every process that uses the folder
// holds a shared lock on a lease file, and a small keeper process, the parent
// of Postgres, stops it when the last of them has left, however they left.
//
//	Attach ─ start lock ─ lease (shared) ─┬─ keeper alive: use it
//	                                      └─ no keeper: start one, wait until it is ready
//	keeper ─ keeper lock ─ postgres ─ waits for the lease (exclusive) ─ stops postgres
//
// Nothing here ever removes a postmaster.pid, signals a process it did not
// start, or changes a folder other than <data>/pg.
package localpg

// Package attachments keeps photographs and scanned papers. A file is named by
// the SHA-256 of its content and is durable before Put returns, so an event may
// name the hash as soon as it has it. Nothing is ever deleted.
//
// A kept file is
//
//	magic (8) ‖ data key, wrapped by the master key (60) ‖ description, sealed (65) ‖ frames
//
// The content is cut into frames of 64 KiB, each sealed with AES-256-GCM under
// the file's own data key; the nonce holds the frame's number and whether it is
// the last, so that frames cannot be left out, moved, repeated or cut off. The
// description (hash, size, kind, width and height) ties the file to its name.
//
// What the uploader states about a file (when and where the picture was taken)
// is not a property of its content: the same picture may be handed in twice
// with two stories. Each statement is a row of the append-only table
// record.attachments.
//
// Whoever serves a file must send the media type given here with
// X-Content-Type-Options: nosniff; a picture may be a web page as well.
package attachments

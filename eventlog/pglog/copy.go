package pglog

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// sendBufferKept is how large a send buffer is kept for the next batch.
const sendBufferKept = 4 << 20

// copyIn sends a COPY and its rows in one go and reads the answer; buffer is
// for the messages and comes back for the next time.
//
// pgconn's own CopyFrom waits until the server asks for the rows and sends them
// from a second goroutine, which for a batch of a few rows costs as much as the
// rows. Sending at once cannot block for ever: in a COPY the server reads until
// the rows end, also after it has refused the first of them, and drops what
// comes after an error.
func copyIn(ctx context.Context, conn *pgconn.PgConn, buffer []byte, sql string, rows pieces) ([]byte, error) {
	out, err := (&pgproto3.Query{String: sql}).Encode(buffer[:0])
	if err != nil {
		return buffer, fmt.Errorf("encode %q: %w", sql, err)
	}
	out = append(out, 'd', 0, 0, 0, 0)
	start := len(out)
	for _, piece := range rows {
		out = append(out, piece...)
	}
	binary.BigEndian.PutUint32(out[start-4:], uint32(len(out)-start+4))
	out, _ = (&pgproto3.CopyDone{}).Encode(out)
	_, err = conn.Conn().Write(out)
	if cap(out) > sendBufferKept {
		out = nil
	}
	if err != nil {
		return out, fmt.Errorf("send rows: %w", err)
	}
	return out, copied(ctx, conn)
}

// copied reads the answer to a COPY.
func copied(ctx context.Context, conn *pgconn.PgConn) error {
	var refused error
	for {
		answer, err := conn.ReceiveMessage(ctx)
		if err != nil {
			return err
		}
		switch answer := answer.(type) {
		case *pgproto3.ErrorResponse:
			refused = pgconn.ErrorResponseToPgError(answer)
		case *pgproto3.ReadyForQuery:
			return refused
		}
	}
}

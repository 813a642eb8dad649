package bench

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

const plainCopy = "COPY 到无日志、无索引的表"

// imports measures how fast whole histories come in.
func (r *run) imports(ctx context.Context) error {
	source, err := newLives(r.Events/eventsPerLife, eventsPerLife, nil)
	if err != nil {
		return err
	}
	into := func(name string, online bool) cell {
		var d *Database
		return cell{
			name: name,
			prepare: func(ctx context.Context) (err error) {
				d, err = r.readyToImport(ctx, online)
				return err
			},
			measure: func(ctx context.Context) (sample, error) {
				return timed(source.events(), func() error { return d.importAll(ctx, source) })
			},
			after: func(ctx context.Context) error {
				want := int64(source.events())
				if online {
					want++
				}
				return errors.Join(r.nothingLost(ctx, name, d, want), d.drop(ctx))
			},
		}
	}
	var d *Database
	limit := cell{
		name: plainCopy,
		prepare: func(ctx context.Context) (err error) {
			if d, err = r.server.database(ctx); err != nil {
				return err
			}
			return errors.Join(d.execute(ctx, plainTable+"; alter table bench.plain set unlogged"), r.server.settle(ctx))
		},
		measure: func(ctx context.Context) (sample, error) {
			return timed(source.events(), func() error { return d.copyPlain(ctx, source) })
		},
		after: func(ctx context.Context) error { return d.drop(ctx) },
	}
	samples, err := r.interleave(ctx, false, into("import online", true), into("import into an empty log", false), limit)
	if err != nil {
		return err
	}
	notes := fmt.Sprintf("%s 条,%s 户", group(int64(source.events())), group(int64(source.households)))
	r.add(Row{Bench: Import, Case: "在线导入", Beside: plainCopy, Unit: unitEvents, Reach: 0.2, Notes: notes}, samples[0], samples[2])
	r.add(Row{Bench: Import, Case: "导入空日志", Beside: plainCopy, Unit: unitEvents, Reach: 0.35, Notes: notes}, samples[1], samples[2])
	return nil
}

func (r *run) readyToImport(ctx context.Context, online bool) (*Database, error) {
	d, err := r.server.database(ctx)
	if err != nil || !online {
		return d, err
	}
	log, err := d.log(ctx)
	if err != nil {
		return nil, errors.Join(err, d.drop(ctx))
	}
	p, err := newPayload()
	if err == nil {
		err = new(appender).append(ctx, log, p, newIDs())
	}
	if err = errors.Join(err, log.Close(), r.server.settle(ctx)); err != nil {
		return nil, errors.Join(err, d.drop(ctx))
	}
	return d, nil
}

func (d *Database) importAll(ctx context.Context, source *lives) (err error) {
	log, err := d.log(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	_, err = log.Import(ctx, source.all(ctx))
	return err
}

// copyPlain is what the server takes at most: the same rows, encoded by one
// goroutine and sent by another, with nothing to check and nothing to index.
func (d *Database) copyPlain(ctx context.Context, source *lives) error {
	conn, err := pgx.ConnectConfig(ctx, d.App())
	if err != nil {
		return fmt.Errorf("connect to copy: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	out, in := io.Pipe()
	encoded := make(chan struct{})
	go func() {
		defer close(encoded)
		_ = in.CloseWithError(writeRows(in, source.all(ctx))) // reported by the reading side
	}()
	tag, err := conn.PgConn().CopyFrom(ctx, out, "copy bench.plain from stdin binary")
	_ = out.Close() // the encoder may still be writing
	<-encoded
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	if tag.RowsAffected() != int64(source.events()) {
		return fmt.Errorf("%d rows were copied instead of %d", tag.RowsAffected(), source.events())
	}
	return nil
}

// copyBuffer is how much is encoded before it is sent.
const copyBuffer = 256 << 10

// writeRows writes rows in the binary format of COPY.
func writeRows(out io.Writer, records iter.Seq2[eventlog.Imported, error]) error {
	const signature = "PGCOPY\n\xff\r\n\x00"
	epoch := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	b := make([]byte, 0, copyBuffer+64<<10)
	b = append(append(b, signature...), make([]byte, 8)...)
	position := uint64(0)
	for r, err := range records {
		if err != nil {
			return err
		}
		position++
		b = binary.BigEndian.AppendUint16(b, 8)
		for _, n := range [3]uint64{position, 1, uint64(r.RecordedAt.UnixMicro() - epoch)} {
			b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), n)
		}
		b = appendField(b, r.ID[:])
		b = appendField(b, r.Stream)
		b = appendField(b, r.Type)
		b = appendField(b, r.Data)
		b = appendField(b, r.Meta)
		if len(b) >= copyBuffer {
			if _, err := out.Write(b); err != nil {
				return fmt.Errorf("send rows: %w", err)
			}
			b = b[:0]
		}
	}
	if _, err := out.Write(append(b, 0xff, 0xff)); err != nil {
		return fmt.Errorf("send rows: %w", err)
	}
	return nil
}

func appendField[T string | []byte](b []byte, field T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(field))), field...)
}

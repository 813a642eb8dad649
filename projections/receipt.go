package projections

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
)

// Receipt is what a command returns for waiting until a read model shows what
// it wrote. It is sealed: good for nothing else, and only in this store.
type Receipt string

// ErrReceipt is a receipt that this store did not give.
var ErrReceipt = errors.New("projections: not a receipt of this record")

// receiptCipher reads the key that all processes on this database share.
func receiptCipher(ctx context.Context, pool *pgxpool.Pool) (cipher.AEAD, error) {
	var key []byte
	if err := pool.QueryRow(ctx, "select key from model.receipt_key").Scan(&key); err != nil {
		return nil, fmt.Errorf("read the key for receipts: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("use the key for receipts: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Receipt seals the position of an append.
func (f *Followers) Receipt(at eventlog.Position) Receipt {
	var plain [16]byte
	binary.BigEndian.PutUint64(plain[:8], at.Commit)
	binary.BigEndian.PutUint64(plain[8:], at.Prepare)
	return Receipt(base64.RawURLEncoding.EncodeToString(f.receipts.Seal(nil, nil, plain[:], f.receiptOf())))
}

// receiptOf binds a receipt to the log and its store.
func (f *Followers) receiptOf() []byte {
	return append(f.origin.Store[:], f.origin.Log...)
}

// receiptLength bounds what is decoded at all: nonce, two numbers and tag.
const receiptLength = (12 + 16 + 16) * 4 / 3

func (f *Followers) open(r Receipt) (eventlog.Position, error) {
	if len(r) > receiptLength+2 {
		return eventlog.Position{}, ErrReceipt
	}
	sealed, err := base64.RawURLEncoding.DecodeString(string(r))
	if err != nil {
		return eventlog.Position{}, ErrReceipt
	}
	plain, err := f.receipts.Open(nil, nil, sealed, f.receiptOf())
	if err != nil || len(plain) != 16 {
		return eventlog.Position{}, ErrReceipt
	}
	return eventlog.Position{Commit: binary.BigEndian.Uint64(plain[:8]), Prepare: binary.BigEndian.Uint64(plain[8:])}, nil
}

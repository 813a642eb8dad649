package attachments

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"shouwang/commands/sealing"
	"shouwang/domain/code"

	"github.com/jackc/pgx/v5/pgxpool"
)

// MaxSize bounds one file, in bytes: a phone's photograph has 3 to 12 MiB, a
// scanned set of minutes less.
const MaxSize = 20 << 20

// Attachments keeps files and what was stated about them. It is safe for
// concurrent use, and several processes may share folder and database.
type Attachments struct {
	pool   *pgxpool.Pool
	master *sealing.Master
	store  Store
	spool  string
	// decoding holds a token while a picture is decoded: one at a time, since
	// each may take maxDecodeMemory.
	decoding chan struct{}
}

// Config says where things stand.
type Config struct {
	Pool   *pgxpool.Pool   // holds record.attachments, migrated
	Master *sealing.Master // wraps every file's data key
	// Folder holds unfinished uploads and, unless Store is given, the files. It
	// is created if missing.
	Folder string
	// Store is where files are kept; nil means in Folder.
	Store Store
}

// New prepares the folder and sweeps what a crash left unfinished.
func New(c Config) (*Attachments, error) {
	a := &Attachments{
		pool: c.Pool, master: c.Master, store: c.Store,
		spool: filepath.Join(c.Folder, "incoming"), decoding: make(chan struct{}, 1),
	}
	if a.store == nil {
		a.store = NewLocal(c.Folder)
	}
	if err := os.MkdirAll(a.spool, 0o700); err != nil {
		return nil, fmt.Errorf("prepare attachments: %w", noSpace(err))
	}
	if err := errors.Join(syncPath(c.Folder), syncPath(filepath.Dir(filepath.Clean(c.Folder)))); err != nil {
		return nil, fmt.Errorf("prepare attachments: %w", err)
	}
	if err := sweep(a.spool); err != nil {
		return nil, err
	}
	return a, nil
}

// filePurpose binds a data key to its use. The hash of an upload is not known
// when its key is wrapped; the description ties the two.
const filePurpose = "attachment"

// Stat returns what is known of a file without reading its content. Errors:
// ErrNotFound, ErrDamaged.
func (a *Attachments) Stat(ctx context.Context, hash Hash) (Attachment, error) {
	c, err := a.Open(ctx, hash)
	if err != nil {
		return Attachment{}, err
	}
	return c.Attachment, c.Close()
}

// Exists says whether an attachment of that name is kept; what is no name of one
// is an error.
func (a *Attachments) Exists(ctx context.Context, name code.Attachment) (bool, error) {
	hash, err := ParseHash(string(name))
	if err == nil {
		_, err = a.Stat(ctx, hash)
	}
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

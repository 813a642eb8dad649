package messages

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
)

// maxSenders bounds a file of senders: every department of a prefecture.
const maxSenders = 1_000

// Sender is another system whose messages become acts: who it is to us, and the
// secret that proves it.
type Sender struct {
	// Source is what its messages name as their source.
	Source string `json:"source"`
	// Person acts, in one of his appointments; he may what his posts may.
	Person      string `json:"person"`
	Appointment string `json:"appointment,omitzero"`
	// SecretFile holds the secret, beside the file of senders if it is no full path.
	SecretFile string `json:"secret_file"`

	secret Secret
}

// Senders are the systems that we listen to, by source.
type Senders map[string]Sender

// ReadSenders reads them from a file: {"senders": [{"source": …}]}.
func ReadSenders(file string) (Senders, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the senders: %w", err)
	}
	var listed struct {
		Senders []Sender `json:"senders"`
	}
	if err := json.Unmarshal(text, &listed, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("read the senders of %s: %w", file, err)
	}
	if len(listed.Senders) > maxSenders {
		return nil, fmt.Errorf("%s: more than %d senders", file, maxSenders)
	}
	all := Senders{}
	for _, s := range listed.Senders {
		if _, twice := all[s.Source]; twice || s.Source == "" || s.Person == "" || s.SecretFile == "" {
			return nil, fmt.Errorf("%s: %q needs a source of its own, a person and a secret_file", file, s.Source)
		}
		if !filepath.IsAbs(s.SecretFile) {
			s.SecretFile = filepath.Join(filepath.Dir(file), s.SecretFile)
		}
		if s.secret, err = ReadSecret(s.SecretFile); err != nil {
			return nil, err
		}
		all[s.Source] = s
	}
	return all, nil
}

// ErrSender is a message of somebody who is not among the senders.
var ErrSender = errors.New("messages: an unknown sender")

package sealing

import "errors"

// Errors that callers tell apart. None of them carries clear text or key bytes.
var (
	// ErrFormat: the string is not a sealed value.
	ErrFormat = errors.New("sealing: not a sealed value")
	// ErrTampered: the value was changed, or belongs to another subject, field
	// or key.
	ErrTampered = errors.New("sealing: the sealed value does not open")
	// ErrUnknownVersion: the value names a key version the subject does not have.
	ErrUnknownVersion = errors.New("sealing: no such key version")
	// ErrNoKey: the subject has no key yet.
	ErrNoKey = errors.New("sealing: the subject has no key")
	// ErrLimit: subject, field or clear text beyond its limit.
	ErrLimit = errors.New("sealing: beyond a limit")

	// ErrMasterKeyMissing: the database belongs to a master key whose file is
	// not there. It is never replaced by a new one.
	ErrMasterKeyMissing = errors.New("主密钥文件缺失：本数据库中的个人信息由它加密，请从备份恢复该文件，切勿新建 / the master key file is missing: personal data in this database is sealed with it; restore the file from its backup, do not create a new one")
	// ErrMasterKeyDifferent: the file holds another key than the one the
	// database belongs to.
	ErrMasterKeyDifferent = errors.New("主密钥与本数据库不符：请恢复建库时的主密钥文件 / the master key file does not belong to this database: restore the one it was set up with")
	// ErrMasterKeyDamaged: the file is not a whole master key.
	ErrMasterKeyDamaged = errors.New("主密钥文件损坏：请从备份恢复 / the master key file is damaged: restore it from its backup")
	// ErrMasterKeyExposed: others than the owner (and group readers) may use the file.
	ErrMasterKeyExposed = errors.New("主密钥文件权限过宽：请设为 0600 / the master key file is open to others: set its mode to 0600")
)

//go:build linux

package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// serverUser is the account Postgres runs as when root starts it; every
// distribution's package creates it. Postgres refuses to run as root.
const serverUser = "postgres"

// account is who Postgres runs as.
type account struct {
	name     string
	uid, gid int
}

// chooseAccount: the owner of an existing folder; for a new one serverUser when
// root asks, otherwise the person who asks.
func chooseAccount(folder string) (account, error) {
	info, err := os.Stat(folder)
	switch {
	case err == nil:
		return ownerOf(folder, info)
	case !errors.Is(err, fs.ErrNotExist):
		return account{}, fmt.Errorf("look at %s: %w", folder, err)
	}
	if os.Geteuid() != 0 {
		return lookupUID(os.Geteuid())
	}
	u, err := user.Lookup(serverUser)
	if err != nil {
		return account{}, fmt.Errorf("root 不能直接运行 Postgres,且没有系统用户 %s (create it: useradd --system %s): %w", serverUser, serverUser, err)
	}
	return fromUser(u)
}

func ownerOf(folder string, info fs.FileInfo) (account, error) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return account{}, fmt.Errorf("the owner of %s is not known", folder)
	}
	uid := int(stat.Uid)
	switch me := os.Geteuid(); {
	case uid == 0:
		return account{}, fmt.Errorf("%s 属于 root,Postgres 不能以 root 运行 (give it back: chown -R %s %s)", folder, serverUser, folder)
	case me != 0 && me != uid:
		return account{}, fmt.Errorf("%s 属于另一用户 (uid %d): 请以该用户或 root 运行,或用 --data 另选目录", folder, uid)
	}
	return lookupUID(uid)
}

// lookupUID refuses a uid that no name belongs to: initdb cannot work as one.
func lookupUID(uid int) (account, error) {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return account{}, fmt.Errorf("uid %d 没有对应的用户名,initdb 无法运行 (initdb needs an account with a name; add one: useradd --uid %d shouwang): %w", uid, uid, err)
	}
	return fromUser(u)
}

func fromUser(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, fmt.Errorf("uid of %s: %w", u.Username, err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, fmt.Errorf("gid of %s: %w", u.Username, err)
	}
	return account{name: u.Username, uid: uid, gid: gid}, nil
}

// credential makes a child run as the account; nil when it does so anyway.
func (a account) credential() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	return &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
}

package main

import (
	"context"
	"fmt"
	"strings"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
)

// examineLog looks at what is particular to where the record is.
func (a *app) examineLog(ctx context.Context, d *diagnosis) error {
	l, ok := a.log.(*kurrentlog.Log)
	if !ok {
		return a.examinePositions(ctx, d)
	}
	e, err := l.Examine(ctx, probeStream)
	if err != nil {
		d.failed("kurrent", err)
		return nil
	}
	d.add("kurrent", fine, "KurrentDB "+e.Version+" 正常应答："+e.Hosts, "KurrentDB "+e.Version+" answers at "+e.Hosts)
	examineTransport(d, e)
	if limit := eventlog.MaxData + eventlog.MaxMeta; e.MaxAppend < limit {
		d.add("kurrent_append_size", note, fmt.Sprintf("此版本一次最多写入 %d KiB，超大事件将被拒绝", e.MaxAppend>>10),
			fmt.Sprintf("a server of this version takes %d KiB in one append; the largest events will be refused", e.MaxAppend>>10))
	}
	d.when("kurrent_append_only", !e.MayDelete, "程序所用账号不能删除流", "our user may not delete streams",
		"程序所用账号可以删除流：请由管理员限制", "our user may delete streams: have an administrator deny it (docs/kurrent.md)")
	d.when("kurrent_metadata", !e.MayRewrite, "程序所用账号不能改写流的元数据", "our user may not write streams' metadata",
		"程序所用账号可以改写流的元数据，即可使其遗忘", "our user may write streams' metadata, and so have events forgotten (docs/kurrent.md)")
	if e.Local && !e.TLS { // a server in insecure mode denies nobody anything
		d.soften("kurrent_append_only", "kurrent_metadata")
	}
	d.when("kurrent_keeps", len(e.Truncated) == 0, "没有会被遗忘的流", "no stream is told to forget events",
		fmt.Sprintf("%d 个流被设置为会遗忘事件：%s", len(e.Truncated), first(e.Truncated)),
		fmt.Sprintf("%d streams are told to forget events ($maxAge, $maxCount, $tb): %s", len(e.Truncated), first(e.Truncated)))
	return a.examineStreams(ctx, d)
}

func examineTransport(d *diagnosis, e kurrentlog.Examination) {
	switch {
	case e.TLS && e.Verified && e.User != "":
		d.add("kurrent_transport", fine, "TLS 连接，账号 "+e.User, "connected by TLS as "+e.User)
	case e.Local:
		d.add("kurrent_transport", note, "本机连接，未用 TLS 或口令", "on this machine, without TLS or a password: for trials only")
	default:
		d.add("kurrent_transport", wrong, "未核验服务器证书", "the server's certificate is not verified (tlsVerifyCert=false)")
	}
}

// soften makes notes of what is wrong only where others can come.
func (d *diagnosis) soften(names ...string) {
	for i, c := range d.Checks {
		for _, name := range names {
			if c.Name == name && c.State == wrong {
				d.Checks[i].State = note
			}
		}
	}
}

// examineStreams reads the whole record: what a cluster has lost in the middle
// of a stream shows in no position, only in the versions.
func (a *app) examineStreams(ctx context.Context, d *diagnosis) error {
	versions := map[string]eventlog.Version{}
	count, missing := 0, 0
	for r, err := range a.log.ReadAll(ctx, eventlog.Position{}, 0) {
		if err != nil {
			return fmt.Errorf("read the record: %w", err)
		}
		if r.Version != versions[r.Stream]+1 {
			missing++
		}
		versions[r.Stream] = r.Version
		count++
	}
	d.when("record", missing == 0, fmt.Sprintf("记录 %d 条，各流连续无缺", count), fmt.Sprintf("%d records, no stream has a gap", count),
		fmt.Sprintf("有 %d 处缺失", missing), fmt.Sprintf("versions are missing in %d places: restore the backup", missing))
	return nil
}

func first(names []string) string {
	const few = 5
	if len(names) > few {
		return strings.Join(names[:few], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

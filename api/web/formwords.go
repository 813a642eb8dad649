package web

import (
	"cmp"
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"shouwang/domain/act"
	"shouwang/domain/policy"
)

// keyIn is the idempotency key of a form: sent twice, it is entered once.
func keyIn(q url.Values) string { return cmp.Or(q.Get("key"), uuid.NewString()) }

// sentOn is where a form that was taken leads, with its key: the browser then
// forgets the draft that it kept.
func sentOn(to, key string) string {
	at, anchor, anchored := strings.Cut(to, "#")
	joined := "?"
	if strings.Contains(at, "?") {
		joined = "&"
	}
	at += joined + "sent=" + url.QueryEscape(key)
	if anchored {
		at += "#" + anchor
	}
	return at
}

// draftName is under which name a browser keeps what was typed into a form: one
// name for the same households and the same matter.
func draftName(form string, rows []onPaper, about ...string) string {
	sum := fnv.New32a()
	for _, h := range rows {
		about = append(about, h.ID)
	}
	_, _ = sum.Write([]byte(strings.Join(about, "|"))) // never fails
	return form + "-" + strconv.FormatUint(uint64(sum.Sum32()), 36)
}

// orFirst is what was typed, or what a field begins with.
func orFirst(typed, first string) string { return cmp.Or(typed, first) }

// personNames are persons with their posts.
func personNames(all []act.Person) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name + p.Post
	}
	return strings.Join(names, "、")
}

// nextBatch is the form of a later paper for the same households.
func nextBatch(step policy.Step, of policy.Procedure, region string, ids []string) string {
	b, ok := batchOf(step)
	if !ok {
		return "/forms"
	}
	q := url.Values{"procedure": {string(of)}, "household": ids}
	if region != "" {
		q.Set("region", region)
	}
	return b.path + "/new?" + q.Encode()
}

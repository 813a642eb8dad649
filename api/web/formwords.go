package web

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"shouwang/domain/act"
	"shouwang/domain/policy"
)

// keyIn is the idempotency key of a form: sent twice, it is entered once.
func keyIn(q url.Values) string { return cmp.Or(q.Get("key"), uuid.NewString()) }

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

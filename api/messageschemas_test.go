package api

import (
	"encoding/json"
	"net/http"
	"testing"

	"shouwang/projections/outbox"
)

func TestEveryTypeOfMessageHasItsSchema(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	var list struct{ Types []string }
	if err := json.Unmarshal(p.request(http.MethodGet, messageSchemasPath, nil, nil).body, &list); err != nil || len(list.Types) != len(outbox.Types()) {
		t.Fatal(list, err)
	}
	for _, name := range list.Types {
		var s struct {
			ID string `json:"$id"`
		}
		got := p.request(http.MethodGet, messageSchemasPath+"/"+name, nil, nil)
		if err := json.Unmarshal(got.body, &s); err != nil || s.ID != outbox.SchemaPrefix+name || got.header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: %+v %v", name, s, err)
		}
	}
	if got := p.request(http.MethodGet, messageSchemasPath+"/nothing.v1", nil, nil); got.status != http.StatusNotFound {
		t.Errorf("%d", got.status)
	}
}

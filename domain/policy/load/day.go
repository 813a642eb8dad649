package load

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"shouwang/domain/calendar"
)

// dayKeys are the keys of a pack whose values are days.
var dayKeys = []string{"valid_from", "valid_to", "from", "until", "by_day"}

// noDays finds what was to be a day and is none, with its line. The reader of
// YAML would stop at the first of them and not say where it stands.
func noDays(n *yaml.Node) []fault {
	var faults []fault
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && child.Kind == yaml.ScalarNode && slices.Contains(dayKeys, n.Content[i-1].Value) {
			if _, err := calendar.ParseDay(child.Value); err != nil && child.Value != "" {
				faults = append(faults, fault{line: child.Line, text: err.Error(), unread: true, value: child.Value})
			}
		}
		faults = append(faults, noDays(child)...)
	}
	return faults
}

// withDays puts some day in the place of each of what is none, on the same line,
// so that the rest can be read; the pack is refused in any case.
func withDays(text []byte, instead []fault) []byte {
	if len(instead) == 0 {
		return text
	}
	lines := bytes.Split(text, []byte("\n"))
	for _, f := range instead {
		if f.line > len(lines) {
			continue // YAML knows line ends of its own
		}
		for _, key := range dayKeys {
			line := string(lines[f.line-1])
			if at := strings.Index(line, key+":"); at >= 0 {
				lines[f.line-1] = []byte(line[:at] + strings.Replace(line[at:], f.value, "2000-01-01", 1))
			}
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

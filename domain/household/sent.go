package household

import (
	"unicode/utf8"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Limits of what somebody sends who need not log in.
const (
	// MaxSentPhotos are as many as tell a fire or a bill from every side.
	MaxSentPhotos = 3
	// MaxSentText bounds the account of what happened, in characters: a page.
	MaxSentText = 500
	// maxSentName bounds a name, in characters: of all sixteen known to be longer
	// than two dozen none is of a resident.
	maxSentName = 24
)

// SendApplication is a household's own application by the code of its village
// (扫码申报), or entered for it by a cadre. Nobody knows yet which file it belongs
// to: it is a clue with a file of its own, 待确认.
type SendApplication struct {
	Clue    string            `json:"clue"`
	Via     string            `json:"via"` // code.Vias of self-application
	Region  string            `json:"region"`
	Name    string            `json:"name"`
	Content code.Text         `json:"content"`
	Writer  string            `json:"written_by,omitzero"` // 代写人
	Contact code.Personal     `json:"contact,omitzero"`
	Photos  []code.Attachment `json:"photos,omitzero"`
}

// ApplicationSent: what came with the clue by which a household applied: how it
// is to be reached, who wrote for it, its photographs.
type ApplicationSent struct {
	Clue    string            `json:"clue"`
	Writer  string            `json:"written_by,omitzero"`
	Contact code.Personal     `json:"contact,omitzero"`
	Photos  []code.Attachment `json:"photos,omitzero"`
}

func (SendApplication) isCommand() {}
func (ApplicationSent) isEvent()   {}

// sendApplication: S2.13, S4.9. What is sent opens a file and reaches into none.
func (r *ruling) sendApplication(c SendApplication) []Event {
	if r.s.Exists {
		return r.refuse(policy.HouseholdExists, "申报另开一份待确认的档案")
	}
	switch {
	case utf8.RuneCountInString(c.Name) > maxSentName || utf8.RuneCountInString(c.Writer) > maxSentName:
		return r.refuse(policy.Malformed, "姓名不应超过%d字", maxSentName)
	case utf8.RuneCountInString(string(c.Content)) > MaxSentText:
		return r.refuse(policy.Malformed, "困难情况不应超过%d字", MaxSentText)
	case code.PersonalNumber(c.Name+" "+c.Writer) != "":
		return r.refuse(policy.PersonalInText, "姓名中不应写%s", code.PersonalNumber(c.Name+" "+c.Writer))
	case len(c.Photos) > MaxSentPhotos:
		return r.refuse(policy.Malformed, "照片最多%d张", MaxSentPhotos)
	case utf8.RuneCountInString(string(c.Contact)) > 2*maxSentName:
		return r.refuse(policy.Malformed, "联系电话过长")
	}
	events := r.recordClue(RecordClue{Clue: c.Clue, Channel: code.SelfApplication, Via: c.Via, Content: c.Content, Name: c.Name, Region: c.Region})
	if len(events) == 0 {
		return nil
	}
	if c.Writer != "" || c.Contact != "" || len(c.Photos) > 0 {
		events = append(events, ApplicationSent{Clue: c.Clue, Writer: c.Writer, Contact: c.Contact, Photos: c.Photos})
	}
	return events
}

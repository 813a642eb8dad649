package account

import "shouwang/domain/code"

// Role is a kind of user: what somebody may ask and do, before it is asked
// where. A person has the roles of his appointments of the day.
type Role string

// The roles.
const (
	Village       Role = "village"
	Township      Role = "township"
	County        Role = "county"
	Department    Role = "department"
	Discipline    Role = "discipline"
	NoticeChecker Role = "notice_inspector"
	Auditor       Role = "auditor"
	SystemAdmin   Role = "system_administrator"
	SecurityAdmin Role = "security_administrator"
	AuditAdmin    Role = "audit_administrator"
	NoRole        Role = "" // may do nothing
	Paired        Role = "paired"
)

// Roles with their names.
var Roles = code.List{
	{Code: "village", ZH: "村级", EN: "village"},
	{Code: "township", ZH: "乡镇级", EN: "township"},
	{Code: "county", ZH: "县级", EN: "county"},
	{Code: "department", ZH: "行业部门", EN: "department"},
	{Code: "paired", ZH: "结对帮扶干部", EN: "paired assistance cadre"},
	{Code: "discipline", ZH: "纪检监察", EN: "discipline inspection"},
	{Code: "notice_inspector", ZH: "公示检查", EN: "notice inspection"},
	{Code: "auditor", ZH: "审计", EN: "audit"},
	{Code: "system_administrator", ZH: "系统管理员", EN: "system administrator"},
	{Code: "security_administrator", ZH: "安全管理员", EN: "security administrator"},
	{Code: "audit_administrator", ZH: "审计管理员", EN: "audit administrator"},
}

// RoleOf is the role that comes with an appointment in the capacity. A capacity
// nobody thought of gives none.
func RoleOf(c code.Capacity) Role {
	switch c {
	case code.VillageCadre, code.VillageSecretary, code.ResidentTeam, code.GridWorker:
		return Village
	case code.TownshipCadre, code.TownshipReviewer:
		return Township
	case code.CountyOfficer, code.CountyDecider:
		return County
	case code.DepartmentOfficer:
		return Department
	case code.PairedCadre:
		return Paired
	case code.Inspector:
		return Discipline
	case code.NoticeInspector:
		return NoticeChecker
	case code.Auditor:
		return Auditor
	}
	return NoRole
}

// RoleOfDuty is the role of an administrator.
func RoleOfDuty(d Duty) Role {
	switch d {
	case System:
		return SystemAdmin
	case Security:
		return SecurityAdmin
	case Audit:
		return AuditAdmin
	}
	return NoRole
}

// SeesNames says whether the role works with the households' people and so sees
// their names in full; everybody else sees 王*某.
func (r Role) SeesNames() bool {
	switch r {
	case Village, Township, County, Paired, Discipline:
		return true
	default:
		return false
	}
}

// Administers says whether the role is one of the three administrators, who see
// no case.
func (r Role) Administers() bool { return r == SystemAdmin || r == SecurityAdmin || r == AuditAdmin }

-- Who we are, who owns the record, and whether only triggers keep us from
-- changing it.
select current_user::text, pg_get_userbyid(c.relowner)::text,
	pg_has_role(c.relowner, 'member') or has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete')
		or has_table_privilege(c.oid, 'truncate')
from pg_class c
where c.oid = 'record.events'::regclass

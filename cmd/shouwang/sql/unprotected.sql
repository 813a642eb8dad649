-- The tables of the record that somebody could change: no trigger that is always
-- on and refuses updates, deletes and truncation.
select c.relname::text
from pg_class c
where c.relnamespace = 'record'::regnamespace
	and c.relkind = 'r'
	and c.relname <> 'migrations'
	and not exists (
		select from pg_trigger t
		where t.tgrelid = c.oid
			and t.tgfoid = 'record.refuse_change'::regproc
			and t.tgenabled = 'A'
			-- before (2), delete (8), update (16), truncate (32)
			and t.tgtype & 58 = 58
	)
order by 1

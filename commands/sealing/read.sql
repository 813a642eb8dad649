-- The wrapped keys of some subjects, the newest of each last.
select subject, version, wrapped
from record.keys
where subject = any ($1::text[])
order by subject, version

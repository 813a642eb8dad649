-- The wrapped keys of the subjects from one to another, the newest of each last.
select subject, version, wrapped
from record.keys
where subject between $1 and $2
order by subject, version
limit $3

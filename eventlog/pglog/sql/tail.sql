-- What others have written since.
select pos, stream, version, recorded_at
from record.events
where pos > $1
order by pos
limit $2

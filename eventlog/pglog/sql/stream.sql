select pos, version, recorded_at, type, id, data, meta
from record.events
where stream = $1 and version > $2
order by version
limit $3

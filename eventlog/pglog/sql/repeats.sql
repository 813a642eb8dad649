-- What stands at the versions an append wanted: asked are its number, its
-- stream, and the first and last version.
select asked.n, e.version, e.id, e.pos, e.recorded_at
from unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[]) as asked (n, stream, first, last)
join record.events e on e.stream = asked.stream collate "C" and e.version between asked.first and asked.last
order by asked.n, e.version

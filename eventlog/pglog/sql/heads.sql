-- The last version of each stream asked for, and when it was recorded.
select asked.n, head.version, head.recorded_at
from unnest($1::text[]) with ordinality as asked (stream, n),
lateral (
	select version, recorded_at
	from record.events
	where stream = asked.stream collate "C"
	order by version desc
	limit 1
) head

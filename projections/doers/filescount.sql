select count(*) filter (where (recorded, stream, version) < (@after::timestamptz, @after_stream::text, @after_version::bigint)), count(*)
from (select distinct recorded, stream, version
	from model_doers.entries
	where stream = any(@streams::text[])
		and (@as_of::date is null or happened <= @as_of or voids)
		and (@known_at::timestamptz is null or recorded <= @known_at)
) as entries

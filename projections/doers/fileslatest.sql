select distinct recorded, stream, version, happened
from model_doers.entries
where stream = any(@streams::text[])
	and (@as_of::date is null or happened <= @as_of or voids)
	and (@known_at::timestamptz is null or recorded <= @known_at)
	and (@after::timestamptz is null or recorded <= @after and (recorded, stream, version) < (@after, @after_stream::text, @after_version::bigint))
order by recorded desc, stream desc, version desc
limit @limit

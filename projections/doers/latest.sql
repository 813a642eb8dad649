select stream, version, recorded, happened, done, typed
from model_doers.entries
where person = @person
	and (@which::text = '' or @which = 'done' and done or @which = 'typed' and typed)
	and (@as_of::date is null or happened <= @as_of)
	and (@known_at::timestamptz is null or recorded <= @known_at)
	and (@after::timestamptz is null or recorded <= @after and (recorded, stream, version) < (@after, @after_stream::text, @after_version::bigint))
order by recorded desc, stream desc, version desc
limit @limit

select count(*) filter (where done), count(*) filter (where typed), count(*)
from model_doers.entries
where person = @person
	and (@as_of::date is null or happened <= @as_of)
	and (@known_at::timestamptz is null or recorded <= @known_at)

-- Where households wait: for which step, whose turn it is, and for how long. A
-- household counts once, since the oldest of what it waits for.
select procedure, step, level, count(*)::integer, count(*) filter (where late)::integer, min(since),
	percentile_disc(0.5) within group (order by @today::date - since)::integer, max(@today::date - since)::integer
from (
	select procedure, step, level, min(since) as since, bool_or(due < @today::date) as late
	from model_owed.items
	where (@all_regions or region = any(@regions)) and from_day <= @today::date and procedure <> '' and step <> ''
	group by procedure, step, level, stream
) as waiting
group by procedure, step, level
order by procedure, step, level

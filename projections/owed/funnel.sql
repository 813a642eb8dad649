-- Where households wait: for which step, whose turn it is, and for how long.
select procedure, step, level, count(distinct stream)::integer, count(distinct stream) filter (where due < @today)::integer, min(since),
	percentile_disc(0.5) within group (order by @today - since)::integer, max(@today - since)::integer
from model_owed.items
where (@all_regions or region = any(@regions)) and from_day <= @today and procedure <> '' and step <> ''
group by procedure, step, level
order by procedure, step, level

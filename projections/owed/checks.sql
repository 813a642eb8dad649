select c.stream, c.version, c.region, c.title, c.duty, c.from_day, c.to_day, c.ended, c.summary,
	count(v.village)::int, coalesce(sum(v.households), 0)::int, coalesce(sum(v.checked), 0)::int,
	coalesce(sum(v.groups), 0)::int, coalesce(sum(v.groups_checked), 0)::int, coalesce(sum(v.found), 0)::int
from model_owed.checks c
left join model_owed.villages v on v.stream = c.stream
where (@all_regions or c.region = any(@regions))
	and (@year::int = 0 or extract(year from c.from_day) = @year)
	and (@id::text = '' or c.stream = 'check-' || @id)
group by c.stream, c.version, c.region, c.title, c.duty, c.from_day, c.to_day, c.ended, c.summary
order by c.from_day desc, c.stream

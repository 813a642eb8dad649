with sheet as (
	select s.*, substr(s.stream, 8) as id, f.full_on
	from model_notices.sheets s
	left join lateral (select max(full_on) as full_on from model_notices.followed where notice = substr(s.stream, 8)) f on true
	where s.region = any(@regions)
), judged as (
	select s.*,
		(select count(*) from model_notices.followed f
			where f.notice = s.id and f.next_on is not null and f.full_on is not null
				and (f.next_on < f.full_on or f.next_on < s.removed or exists (
					select from model_notices.objections o
					where o.stream = s.stream and 'household-' || o.household = f.stream and (o.answered is null or o.answered > f.next_on)))) as hurried,
		(select count(*) from model_notices.objections o where o.stream = s.stream) as objections,
		(select count(*) from model_notices.objections o where o.stream = s.stream and o.answered is not null and (o.inquired is null or o.inquired > o.answered)) as uninquired,
		exists (select from model_notices.photos mine join model_notices.photos other
			on other.hash = mine.hash and (other.stream <> mine.stream or other.use <> mine.use) where mine.stream = s.stream) as reused
	from sheet s
)
select region, count(*), sum(lines)::bigint,
	count(*) filter (where removed is null),
	count(*) filter (where removed < full_on),
	count(*) filter (where removed is null and full_on < @today),
	count(*) filter (where photo = ''),
	count(*) filter (where removed is not null and removal_photo = ''),
	count(*) filter (where reused),
	sum(hurried)::bigint, sum(objections)::bigint, sum(open)::bigint, sum(uninquired)::bigint,
	(select count(*) from model_notices.inspections i where i.region = judged.region and i.withdrawn = ''),
	(select count(*) from model_notices.inspections i where i.region = judged.region and i.withdrawn = '' and i.result = 'missing'),
	(select count(*) from model_notices.inspections i where i.region = judged.region and i.withdrawn = '' and i.result = 'different'),
	(select count(*) from model_notices.decided d where d.region = judged.region and d.notice = '' and d.result = 'pass')
from judged
group by region
order by region

with sheet as (
	select s.*, substr(s.stream, 8) as id, coalesce(f.days, 0)::int as days, coalesce(f.count, '') as count, f.full_on
	from model_notices.sheets s
	left join lateral (
		select max(days) as days, max(count) as count, max(full_on) as full_on
		from model_notices.followed
		where notice = substr(s.stream, 8)
	) f on true
	where (@all_regions or s.region = any(@regions))
		and s.posted between @from_day and @to_day
		and (@id::text = '' or s.stream = 'notice-' || @id)
), judged as (
	select *, case
		when removed <= @today then 'removed'
		when open > 0 then 'objected'
		when full_on <= @today then 'ended'
		else 'up'
	end as state
	from sheet
)
select id, version, region, procedure, title, place, phone, replaces, posted, recorded, photo,
	removed, removed_recorded, removal_photo, lines, struck, open, days, count, full_on, state
from judged
where (@state::text = '' or state = @state)
	and (not @hanging or removed is null or removed > @today)
	and (@after_day::date is null or (posted, id) < (@after_day, @after_id::text))
order by posted desc, id desc
limit @limit

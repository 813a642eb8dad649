-- What is owed of each household by its duties: not done since the turn under way
-- opened, or for what is due once, never. projections/dutyowing.go gives the turns.
with owing as (
	select * from unnest(@o_region::text[], @o_duty::text[], @o_act::text[], @o_about::text[], @o_officer::text[], @o_level::text[],
		@o_once::boolean[], @o_named::boolean[], @o_opens::date[], @o_due::date[], @o_before::date[])
		as o (region, duty, act, about, officer, level, once, named, opens, due, before)
), open as (
	select c.stream, c.region, c.file_no, c.head, o.duty, o.once, o.named, o.opens, o.due, o.before,
		case o.about when 'authorised' then c.authorised else c.monitored end as since,
		case o.act when 'visit' then case o.officer when 'monitoring' then c.collected else c.visited end when 'comparison' then c.compared when 'measure' then c.helped when 'study' then c.studied end as last,
		case o.officer when 'monitoring' then c.monitoring when 'assistance' then c.assistance else '' end as person
	from model_owed.cases c
	join owing o on o.region = c.region
), owed as (
	select *, to_char(greatest(since, last), 'YYYY-MM-DD') || ' ' || stream || ' duty ' || duty as place
	from open
	where since is not null
		and case when once then last is null and since <= due else since <= opens and coalesce(last < opens, true) end
		and (not @overdue or due < @today or not once and since <= before and coalesce(last < before, true))
		and (@household::text = '' or stream = 'household-' || @household)
		-- The household's own officer's, or where it has none anybody's who may.
		and (@person::text = '' or person = @person or person = '' and not named)
)
select stream, place, region, file_no, head, duty, since, last, person
from owed
where place collate "C" > @after
order by place collate "C"
limit @limit

-- The households that wait for a step, each once: by what is overdue, or else by the
-- oldest of what it waits for.
select stream, place, kind, level, region, file_no, head, procedure, step, since, due, days, count, paper, office, system, detail, 1 as households, households as waiting
from (
	select *, count(*) over () as households
	from (
		select distinct on (stream) *
		from model_owed.items
		where (@all_regions or region = any(@regions))
			and from_day <= @today
			and procedure = @procedure::text and step = @step::text
			and (@level::text = '' or level = @level)
			and (not @overdue or due < @today)
		order by stream, due < @today desc nulls last, place
	) as each
) as numbered
where place > @after
order by place
limit @limit

select i.stream, case when @by_due then coalesce(to_char(i.due, 'YYYY-MM-DD'), '9999-12-31') || ' ' || i.place else i.place end as key,
	i.kind, i.level, i.region, i.file_no, i.head, i.procedure, i.step, i.since, i.due, i.days, i.count, i.paper, i.office, i.system, i.detail,
	case when i.kind = 'notice_down'
		then (select count(*) from model_owed.items o where o.paper = i.paper and o.kind = i.kind)
		else 1
	end as households
from model_owed.items i
where (@all_regions or i.region = any(@regions))
	and i.from_day <= @today
	and (@level::text = '' or i.level = @level)
	and (@kind::text = '' or i.kind = @kind)
	and (@step::text = '' or i.step = @step)
	and (@procedure::text = '' or i.procedure = @procedure)
	and (@household::text = '' or i.stream = 'household-' || @household)
	and (not @overdue or i.due < @today)
	and (@by_due or i.place > @after)
	and (not @by_due or (coalesce(to_char(i.due, 'YYYY-MM-DD'), '9999-12-31') || ' ' || i.place) collate "C" > @after)
	and (not @anybody or i.office = any(@offices) or exists (
		select from unnest(@w_level::text[], @w_capacity::text[], @w_region::text[]) as w (level, capacity, region)
		where w.level = i.level and w.region = i.region and (w.capacity = '' or i.capacities = '{}' or w.capacity = any(i.capacities))
	))
	-- One sheet comes down once, however many households stand on it.
	and not (i.kind = 'notice_down' and @household::text = '' and exists (
		select from model_owed.items o
		where o.paper = i.paper and o.kind = i.kind and o.place < i.place
	))
order by case when @by_due then coalesce(i.due, 'infinity') end, i.place
limit @limit

select level, kind, count(distinct case when kind = 'notice_down' then paper else place end), count(distinct case when kind = 'notice_down' then paper else place end) filter (where due < @today)
from model_owed.items i
where (@all_regions or region = any(@regions)) and from_day <= @today
	and (not @anybody or office = any(@offices) or exists (
		select from unnest(@w_level::text[], @w_capacity::text[], @w_region::text[]) as w (level, capacity, region)
		where w.level = i.level and w.region = i.region and (w.capacity = '' or i.capacities = '{}' or w.capacity = any(i.capacities))
	))
	and kind not in ('system_entry', 'system_mark') -- counted one by one: a shut system gives them time
group by level, kind
order by level, kind

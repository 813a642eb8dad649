select level, kind, count(distinct case when kind = 'notice_down' then paper else place end), count(*) filter (where due < @today)
from model_owed.items
where (@all_regions or region = any(@regions)) and from_day <= @today
	and kind not in ('system_entry', 'system_mark') -- counted one by one: a shut system gives them time
group by level, kind
order by level, kind

select level, kind, count(distinct case when kind = 'notice_down' then paper else place end), count(*) filter (where due < @today)
from model_owed.items
where (@all_regions or region = any(@regions)) and from_day <= @today
group by level, kind
order by level, kind

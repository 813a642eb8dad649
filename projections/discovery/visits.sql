select v.stream, v.place, v.region, v.file_no, v.head, v.visit, v.kind, v.happened, v.by_whom, v.groups
from model_discovery.visits v
where (@all_regions or v.region = any(@regions))
	and (@kind::text = '' or v.kind = @kind)
	and (@from::date is null or v.happened >= @from)
	and (@to::date is null or v.happened <= @to)
	and v.place > @after
order by v.place
limit @limit

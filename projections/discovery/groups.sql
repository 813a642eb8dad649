select g.stream, g.place, g.region, g.file_no, g.head, g.special, g.since, g.last_visit
from model_discovery.groups g
where (@all_regions or g.region = any(@regions))
	and g.special = any(@groups)
	and (@not_since::date is null or g.last_visit is null or g.last_visit < @not_since)
	and g.place > @after
order by g.place
limit @limit

select l.stream, coalesce(p.kind, 'household'), l.region, coalesce(p.number, ''), coalesce(p.title, ''), l.event, l.version, l.type, l.happened, l.item, l.household
from model_papers.fanouts f
join model_papers.lines l on l.event = f.event
left join model_papers.papers p on p.stream = l.stream
where f.arrived < f.expected
	and (@all_regions or l.region = any(@regions))
	and not exists (select from model_papers.arrivals a where a.line = l.arrival and a.stream = 'household-' || l.household)
order by l.happened, l.stream, l.version, l.item
limit @limit

select l.event, l.version, l.type, l.happened, l.item, l.household, l.result,
	exists (select from model_papers.arrivals a where a.line = l.arrival and a.stream = 'household-' || l.household) as arrived
from model_papers.lines l
where l.stream = @stream
order by l.version, l.item

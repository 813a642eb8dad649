select p.stream, p.version, p.kind, p.region, p.procedure, p.number, p.title, p.place, p.happened, p.recorded, p.lines, p.attachment,
	exists (
		select from model_papers.lines l
		join model_papers.fanouts f on f.event = l.event
		where l.stream = p.stream and f.arrived < f.expected
	) as interrupted
from model_papers.papers p
where (@all_regions or p.region = any(@regions))
	and (@kind::text = '' or p.kind = @kind)
	and (@stream::text = '' or p.stream = @stream)
	and (@after_day::date is null or (p.happened, p.stream) < (@after_day, @after_stream::text))
order by p.happened desc, p.stream desc
limit @limit

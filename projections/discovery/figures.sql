-- A clue that another household's file answers is counted there.
select c.kind, c.channel, c.via, c.office, count(*)::int,
	count(*) filter (where c.result <> '')::int,
	count(*) filter (where c.result = 'risk')::int,
	count(*) filter (where c.result = 'duplicate')::int,
	count(*) filter (where c.feedback_due)::int,
	count(*) filter (where c.fed_back)::int
from model_discovery.clues c
where (@all_regions or c.region = any(@regions))
	and c.received between @from and @to
	and c.joined_to = ''
group by c.kind, c.channel, c.via, c.office
order by c.kind, c.channel, c.via, c.office

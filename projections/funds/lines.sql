select l.place, l.entry, l.list, l.document, l.household, l.measure, l.tier, l.persons, l.fen, l.happened, l.reversed,
	array(
		select x.rule from model_funds.findings x
		where x.fund = l.stream and x.list = l.list and (x.household = l.household or x.household = '')
		order by x.rule
	) as findings
from model_funds.lines l
where l.stream = @stream
	and (@entry::text = '' or l.entry = @entry)
	and (@household::text = '' or l.household = @household)
	and l.place > @after
order by l.place
limit @limit

select f.stream, f.version, f.region, f.kind, f.name, f.rules, f.document, f.since, f.raised, f.approved, f.paid, f.tiers,
	p.households, p.persons,
	(select count(*) from model_funds.findings x where x.fund = f.stream) as findings
from model_funds.funds f
cross join lateral (
	-- A household that was paid in parts counts once, with the most it helped at once.
	select count(*) as households, coalesce(sum(persons), 0) as persons
	from (
		select l.household, max(l.persons) as persons
		from model_funds.lines l
		where l.stream = f.stream and l.entry = 'payment' and l.reversed is null
		group by l.household
	) paid
) p
where (@all_regions or f.region = any(@regions))
	and (@kind::text = '' or f.kind = @kind)
	and (@stream::text = '' or f.stream = @stream)
	and f.stream > @after
order by f.stream
limit @limit

-- Monitored households whose responsible person left (projections/handovers.go says
-- who and since when).
with gone as (
	select * from unnest(@g_region::text[], @g_person::text[], @g_since::date[]) as g (region, person, since)
), owed as (
	select c.stream, c.region, c.file_no, c.head, r.role, g.person, greatest(g.since, c.monitored) as since,
		to_char(greatest(g.since, c.monitored), 'YYYY-MM-DD') || ' ' || c.stream || ' handover ' || r.role as place
	from model_owed.cases c
	cross join lateral (values ('monitoring', c.monitoring), ('assistance', c.assistance)) as r (role, person)
	join gone g on g.region = c.region and g.person = r.person
	where c.monitored is not null and (@household::text = '' or c.stream = 'household-' || @household)
)
select stream, place, region, file_no, head, role, person, since
from owed
where place collate "C" > @after
order by place collate "C"
limit @limit

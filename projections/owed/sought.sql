-- Households under monitoring, and those of them visited for the check.
select c.region, count(*)::int,
	(count(*) filter (where exists (
		select from model_owed.sought s where s.stream = c.stream and s.on_day between @from_day and @to_day
	)))::int
from model_owed.cases c
where c.monitored is not null
group by c.region

select kind, class, stage, sum(households)::bigint, sum(persons)::bigint, sum(persons_included)::bigint
from model_register.totals
where region = any(@regions)
group by kind, class, stage
order by kind, class, stage

-- Decided without a sheet of the procedure before it.
select substr(stream, 11), region, procedure, decided_on, class
from model_notices.decided
where notice = '' and result = 'pass' and region = any(@regions)
order by decided_on desc, stream
limit @limit

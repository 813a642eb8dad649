-- Households that passed at a meeting of the sheet's lines and stand neither on it
-- nor, since that meeting, on another one of the procedure.
select substr(a.stream, 11), a.appraised_on, a.meeting
from model_notices.appraised a
join model_notices.sheets s on s.stream = 'notice-' || @id and s.procedure = a.procedure
where a.result = 'pass' and a.meeting <> ''
	and a.meeting in (select f.meeting from model_notices.followed f where f.notice = @id and f.meeting <> '')
	and not exists (
		select from model_notices.followed f
		join model_notices.sheets other on other.stream = 'notice-' || f.notice
		where f.stream = a.stream and other.procedure = a.procedure and other.posted >= a.appraised_on
	)
order by a.stream
limit @limit

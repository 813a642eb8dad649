select l.item, l.household, l.head, l.persons, l.class, l.struck, l.reason, coalesce(f.next_step, ''), f.next_on,
	coalesce(f.appraised, ''), f.appraised_on, coalesce(f.meeting, ''), coalesce(f.decided, ''), f.decided_on, coalesce(f.decided_class, '')
from model_notices.lines l
left join lateral (
	select next_step, next_on, appraised, appraised_on, meeting, decided, decided_on, decided_class
	from model_notices.followed
	where notice = @id and stream = 'household-' || l.household
	limit 1
) f on true
where l.stream = 'notice-' || @id
order by l.item

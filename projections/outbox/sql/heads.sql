select o.seq, o.id::text, o.subject, o.region, o.type, o.body, head.tries
from (
	select distinct on (subject) seq, reason, tries from model.outbox_waiting
	where destination = @destination
	order by subject, seq
) as head
join model.outbox as o using (seq)
where head.reason is null
order by o.seq
limit @limit

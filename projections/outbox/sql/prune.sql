delete from model.outbox as o
where o.added_at < now() - @keep::interval and o.type <> @stays
	and o.seq <= (select min(through) from model.outbox_destinations)
	and not exists (select from model.outbox_waiting as w where w.seq = o.seq)

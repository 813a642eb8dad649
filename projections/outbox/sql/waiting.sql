select w.destination, w.seq, o.id::text, o.type, w.subject, coalesce(w.reason, ''), w.tries, w.since
from model.outbox_waiting as w join model.outbox as o using (seq)
order by w.destination, w.seq
limit @limit

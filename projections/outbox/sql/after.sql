select seq, id::text, subject, region, type, body from model.outbox where seq > @after order by seq limit @limit

insert into model.outbox_mark (event) values ($1)
on conflict on constraint there_is_one_mark do update set event = excluded.event

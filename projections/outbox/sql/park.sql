insert into model.outbox_waiting (destination, seq, subject, reason, tries)
values (@destination, @seq, @subject, @reason, case when @reason::text is null then 0 else 1 end)
on conflict on constraint a_message_waits_once do update
set reason = excluded.reason, tries = model.outbox_waiting.tries + 1, since = now()
where excluded.reason is not null

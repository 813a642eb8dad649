insert into model.inbox_poison (topic, message, sealed, reason)
values (@topic, @message, @sealed, @reason)
on conflict on constraint a_message_is_poisoned_once do update
set tries = model.inbox_poison.tries + 1, reason = excluded.reason, sealed = excluded.sealed, refused_at = now()

insert into model.outbox (id, subject, region, type, body, happened_at)
values (@id, @subject, @region, @type, @body, @happened_at)
on conflict on constraint a_message_is_added_once do nothing

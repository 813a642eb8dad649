insert into model.notifications (id, kind, subject, region, level, office, happened)
values (@id, @kind, @subject, @region, @level, @office, @happened::date)
on conflict on constraint a_notification_is_made_once do nothing

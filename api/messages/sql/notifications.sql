select id::text, kind, subject, region, level, office, happened, at
from model.notifications
where (@regions::text[] is null or region = any(@regions)) and (@level::text = '' or level = @level) and at >= @since
order by at desc, id
limit @limit

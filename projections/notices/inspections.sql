select substr(i.stream, 12), i.version, i.notice, i.region, i.result, i.place, i.note, i.photo, i.checked_on, i.recorded, i.checked_by, i.withdrawn,
	coalesce(s.title, ''), coalesce(s.place, '')
from model_notices.inspections i
left join model_notices.sheets s on s.stream = 'notice-' || i.notice
where (@notice::text = '' or i.notice = @notice)
	and (@all_regions or i.region = any(@regions))
order by i.checked_on desc, i.stream
limit @limit

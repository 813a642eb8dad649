-- The inquiries to which somebody is appointed, the latest first: of his
-- appointments to one of them the one that counts on the day.
select * from (
	select distinct on (i.stream, i.objection)
		substr(i.stream, 8), i.objection, s.region, s.title, s.place, s.posted, o.household, coalesce(l.head, ''), o.content, o.raised, o.inquired, o.answered,
		i.since, i.until, i.number, i.made, i.made_by
	from model_notices.inquirers i
	join model_notices.sheets s on s.stream = i.stream
	join model_notices.objections o on o.stream = i.stream and o.objection = i.objection
	left join model_notices.lines l on l.stream = i.stream and l.household = o.household
	where i.person = @person
	order by i.stream, i.objection, i.since <= @today desc, case when i.since <= @today then -i.version else i.version end
) inquiries
order by since desc, made desc, 1, 2
limit @limit

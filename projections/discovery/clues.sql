select c.stream, c.place, c.kind, c.region, c.file_no, c.head, c.clue, c.channel, c.via, c.department, c.office, c.received, c.sent_to, c.due,
	c.verified, c.result, c.same_as, c.joined_to, c.feedback_due, c.fed_back
from model_discovery.clues c
where (@all_regions or c.region = any(@regions))
	and (@kind::text = '' or c.kind = @kind)
	and (@channel::text = '' or c.channel = @channel)
	and (@via::text = '' or c.via = @via)
	and (@department::text = '' or c.department = @department)
	and (@result::text = '' or c.result = @result)
	and (not @open or c.joined_to = '' and (c.kind = 'clue' and c.result = '' or c.feedback_due))
	and c.place > @after
order by c.place
limit @limit

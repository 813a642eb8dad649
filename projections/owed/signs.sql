select stream, place, region, file_no, head, kind, on_day, fen, year, outcome, decided
from model_owed.signs
where (@all_regions or region = any(@regions))
	and (@kind::text = '' or kind = @kind)
	and place > @after
order by place
limit @limit

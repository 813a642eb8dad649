select r.stream, r.risk, r.region, r.kind, r.since, r.listed, r.area, r.households, r.content, r.measures, r.followed, r.ended, r.reason, r.document
from model_owed.scale_risks r
where (@all_regions or r.region = any(@regions))
	and (@kind::text = '' or r.kind = @kind)
	and (not @open or r.ended is null)
order by r.since desc, r.stream, r.risk

select x.fund, x.list, x.household, x.rule, x.happened, x.detail
from model_funds.findings x
join model_funds.funds f on f.stream = x.fund
where (@all_regions or f.region = any(@regions))
	and (@stream::text = '' or x.fund = @stream)
	and (@rule::text = '' or x.rule = @rule)
order by x.happened, x.fund, x.list, x.household, x.rule
limit @limit

-- Who answers for monitored households in each region.
select distinct region, person from model_owed.cases, unnest(array[monitoring, assistance]) as person
where monitored is not null and person <> ''
	and (@all_regions or region = any(@regions))
	and (@household::text = '' or stream = 'household-' || @household)

select region, system, from_day, to_day from model_owed.closures where from_day <= @today order by from_day, shut

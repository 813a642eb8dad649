-- What was recorded as done of the duties of regions, studies and checks included,
-- as far back as anything is still work.
select duty, region, department, coalesce(from_day, to_day), to_day, done, 'report' as act from model_owed.deeds where duty <> '' and due > @since
union all
select '', region, department, done, done, done, 'study' from model_owed.deeds where duty = '' and done > @since
union all
select duty, region, '', from_day, to_day, from_day, 'check' from model_owed.checks where duty <> '' and to_day > @since

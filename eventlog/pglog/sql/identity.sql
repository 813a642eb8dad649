-- The store's identity; the first process to open the log gives it.
with given as (
	insert into record.store (id) values ($1) on conflict do nothing returning id
)
select id from given
union all
select id from record.store
limit 1

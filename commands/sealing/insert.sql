-- New keys; a key that another process stored first stands. Returns ours.
insert into record.keys (subject, version, wrapped)
select * from unnest($1::text[], $2::integer[], $3::bytea[])
on conflict (subject, version) do nothing
returning subject

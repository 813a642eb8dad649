-- The first master key a database meets is the one it belongs to.
insert into record.master_key (fingerprint)
values ($1)
on conflict do nothing

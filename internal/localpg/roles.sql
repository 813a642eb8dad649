-- The kernel tells Postgres who connects (peer), so no role has a password.
-- The owner is a member of the app's role: it may do in schema model what the app may.
do $$
begin
  if not exists (select from pg_roles where rolname = 'shouwang_app') then
    create role shouwang_app login;
  end if;
  if not exists (select from pg_roles where rolname = 'shouwang_owner') then
    create role shouwang_owner login;
  end if;
end $$;
grant shouwang_app to shouwang_owner;

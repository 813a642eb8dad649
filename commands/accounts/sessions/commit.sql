-- An ended session stays ended, though a request under way would keep it.
insert into model.sessions (token, data, expires_at) values ($1, $2, $3)
on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at where sessions.data <> ''

-- Who is logged in just now. Losing these rows sends everybody to the login
-- page and nothing more; each coming and going is in the record.
-- Forward only.

-- +goose Up

create table model.sessions (
	-- SHA-256 of what the browser holds: whoever reads the table cannot come in.
	token      text        collate "C" not null,
	data       bytea       not null,
	expires_at timestamptz not null,
	constraint a_session_stands_once primary key (token)
);
create index sessions_by_expiry on model.sessions (expires_at);

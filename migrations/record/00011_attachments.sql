-- What uploaders stated about the files they handed in. The files themselves
-- stand, sealed, in the folder of attachments.
-- Forward only. Nothing here is ever updated or deleted.

-- +goose Up

create table record.attachments (
	sha256      bytea       not null,
	uploaded_by text        collate "C" not null,
	-- When and where, as given; empty if not given.
	captured_at text        collate "C" not null,
	place       text        collate "C" not null,
	media_type  text        collate "C" not null,
	size        bigint      not null,
	width       integer     not null,
	height      integer     not null,
	uploaded_at timestamptz not null default now(),
	constraint each_statement_about_a_file_is_kept_once primary key (sha256, uploaded_by, captured_at, place),
	constraint a_hash_has_32_bytes check (length(sha256) = 32),
	constraint a_file_has_1_byte_to_20_mib check (size between 1 and 20971520)
);

create trigger attachments_are_never_changed before update or delete or truncate on record.attachments
	for each statement execute function record.refuse_change();
alter table record.attachments enable always trigger attachments_are_never_changed;

-- +goose StatementBegin
do $$
begin
	revoke all on record.attachments from public;
	if exists (select from pg_roles where rolname = 'shouwang_app') then
		revoke all on record.attachments from shouwang_app;
		grant select, insert on record.attachments to shouwang_app;
	end if;
end
$$;
-- +goose StatementEnd

-- Keys of personal data, wrapped by a master key outside the database. They
-- stand beside the record so that one backup holds both.
-- Forward only. Nothing here is ever updated or deleted.

-- +goose Up

create table record.keys (
	-- household-…, or an objector's own.
	subject    text        collate "C" not null,
	version    integer     not null,
	wrapped    bytea       not null,
	created_at timestamptz not null default now(),
	constraint each_key_version_is_given_once_to_its_subject primary key (subject, version),
	constraint key_versions_start_at_one check (version between 1 and 999999),
	constraint a_wrapped_key_is_nonce_key_and_tag check (length(wrapped) = 60)
);

-- Which master key the database belongs to: a hash of it, never the key. It is
-- written by the first process that starts, before any key is wrapped.
create table record.master_key (
	only_row    boolean     not null default true,
	fingerprint bytea       not null,
	created_at  timestamptz not null default now(),
	constraint there_is_one_master_key primary key (only_row),
	constraint the_only_row_is_true check (only_row)
);

create trigger keys_are_never_changed before update or delete or truncate on record.keys
	for each statement execute function record.refuse_change();
create trigger the_master_key_is_never_changed before update or delete or truncate on record.master_key
	for each statement execute function record.refuse_change();
alter table record.keys enable always trigger keys_are_never_changed;
alter table record.master_key enable always trigger the_master_key_is_never_changed;

-- +goose StatementBegin
do $$
begin
	revoke all on record.keys, record.master_key from public;
	if exists (select from pg_roles where rolname = 'shouwang_app') then
		revoke all on record.keys, record.master_key from shouwang_app;
		grant select, insert on record.keys, record.master_key to shouwang_app;
	end if;
end
$$;
-- +goose StatementEnd

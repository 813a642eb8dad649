-- The record: every event as it was given, in one order without gaps.
-- Forward only. Nothing in this schema is ever updated or deleted.

-- +goose Up

create table record.events (
	-- The place in the one order over all streams: 1, 2, 3, … without a gap, given
	-- by the writer, never by a sequence.
	pos         bigint      not null,
	version     bigint      not null,
	recorded_at timestamptz not null,
	id          uuid        not null,
	stream      text        collate "C" not null,
	type        text        collate "C" not null,
	-- Bytes exactly as given; proofs cover them.
	data        bytea       not null,
	meta        bytea       not null,
	-- The primary key is the fence between writing processes and is created first:
	-- Postgres checks indexes in that order, so a writer that has fallen behind is
	-- told so before it is told anything else.
	constraint each_position_is_given_once primary key (pos),
	constraint each_version_is_given_once_in_its_stream unique (stream, version),
	constraint positions_start_at_one check (pos >= 1),
	constraint versions_start_at_one check (version >= 1)
);

-- Which physical store this is. The row is written by the first process that
-- opens the log, so a copied template database becomes a store of its own.
create table record.store (
	only_row boolean not null default true,
	id       uuid    not null,
	constraint there_is_one_store primary key (only_row),
	constraint the_only_row_is_true check (only_row)
);

-- +goose StatementBegin
create function record.refuse_change() returns trigger language plpgsql as $$
begin
	raise exception 'the record is append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
		using errcode = 'restrict_violation';
end
$$;
-- +goose StatementEnd

create trigger events_are_never_changed before update or delete or truncate on record.events
	for each statement execute function record.refuse_change();
create trigger the_store_is_never_changed before update or delete or truncate on record.store
	for each statement execute function record.refuse_change();
-- "always": also where session_replication_role would switch triggers off.
alter table record.events enable always trigger events_are_never_changed;
alter table record.store enable always trigger the_store_is_never_changed;

-- With two roles (the owner migrates, shouwang_app works) the application may
-- only add and read. With one role the triggers protect alone.
-- +goose StatementBegin
do $$
begin
	revoke all on schema record from public;
	revoke all on all tables in schema record from public;
	if exists (select from pg_roles where rolname = 'shouwang_app') then
		grant usage on schema record to shouwang_app;
		grant select on all tables in schema record to shouwang_app;
		grant insert on record.events, record.store to shouwang_app;
		revoke update, delete, truncate, references, trigger on all tables in schema record from shouwang_app;
	end if;
end
$$;
-- +goose StatementEnd

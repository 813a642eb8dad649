-- The faster door for a whole history: into an empty log, in one transaction
-- that has the table for itself, with the indexes built afterwards.
--
-- The functions run as the owner, because only the owner may touch an index;
-- on a log that holds a single event they do nothing.

-- +goose Up

-- +goose StatementBegin
-- begin_import says whether the log is empty, and if so drops the indexes. The
-- table stays locked against everybody until the transaction ends.
create function record.begin_import() returns boolean
	language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	if exists (select from record.events) then
		return false;
	end if;
	lock table record.events in access exclusive mode;
	if exists (select from record.events) then
		return false;
	end if;
	alter table record.events
		drop constraint each_version_is_given_once_in_its_stream,
		drop constraint each_position_is_given_once;
	return true;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- end_import builds the indexes again, the primary key first: it is the fence
-- between writers, and Postgres checks indexes in the order they were made.
create function record.end_import() returns void
	language plpgsql security definer
	set search_path = pg_catalog, pg_temp set maintenance_work_mem = '256MB' as $$
begin
	if not exists (select from pg_constraint where conrelid = 'record.events'::regclass and contype = 'p') then
		alter table record.events add constraint each_position_is_given_once primary key (pos);
	end if;
	if not exists (select from pg_constraint where conrelid = 'record.events'::regclass and contype = 'u') then
		alter table record.events add constraint each_version_is_given_once_in_its_stream unique (stream, version);
	end if;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
begin
	revoke all on function record.begin_import(), record.end_import() from public;
	if exists (select from pg_roles where rolname = 'shouwang_app') then
		grant execute on function record.begin_import(), record.end_import() to shouwang_app;
	end if;
end
$$;
-- +goose StatementEnd

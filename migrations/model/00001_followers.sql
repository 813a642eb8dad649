-- How far each follower of the record has come. The tables of a read model lie
-- in a schema of their own (model_<name>), made by its rebuild and not here.
-- Forward only.

-- +goose Up

create table model.checkpoints (
	follower   text    collate "C" not null,
	-- Of the follower's code: another one in the program means a rebuild.
	version    integer not null,
	-- Which record was followed: on a copy of the log, followers start anew.
	log_id     text    not null,
	store_id   uuid    not null,
	-- The last position applied. Opaque: only ever compared for equality here.
	at_commit  bigint  not null,
	at_prepare bigint  not null,
	-- Counted up whenever a rebuilt model takes the place of this one.
	generation bigint  not null,
	-- Why the follower stopped; null while it follows.
	stopped    text,
	changed_at timestamptz not null default now(),
	constraint a_follower_has_one_checkpoint primary key (follower)
);

-- The key under which receipts are sealed, so that every process on this
-- database can read those of the others, and nobody else can.
create table model.receipt_key (
	only_row boolean not null default true,
	key      bytea   not null,
	constraint there_is_one_receipt_key primary key (only_row),
	constraint the_only_row_is_true check (only_row)
);

-- A random uuid has 122 random bits, so 2 of them hashed make a key.
insert into model.receipt_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

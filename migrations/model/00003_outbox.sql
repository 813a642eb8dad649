-- What is told to other systems, and what came from them and could not be done.
-- Unlike read models these rows are not made anew: what was sent is sent.
-- Forward only.

-- +goose Up

create table model.outbox (
	-- The order of delivery. Rows are added under one lock, so a later number is
	-- never seen before an earlier one.
	seq       bigint generated always as identity,
	-- The message's id for ever, derived from the record: adding it again adds nothing.
	id        uuid        not null,
	-- Whose order is kept: messages about one subject arrive in order.
	subject   text        collate "C" not null,
	region    text        collate "C" not null,
	type      text        collate "C" not null,
	-- The CloudEvent, byte for byte as it is sent.
	body      bytea       not null,
	-- When it came about, and when it was put here.
	happened_at timestamptz not null,
	added_at    timestamptz not null default now(),
	constraint a_message_has_one_place primary key (seq),
	constraint a_message_is_added_once unique (id)
);

-- How far each destination has been served: everything up to through is
-- delivered or waits in outbox_waiting.
create table model.outbox_destinations (
	destination text   collate "C" not null,
	through     bigint not null,
	changed_at  timestamptz not null default now(),
	constraint a_destination_has_one_place primary key (destination)
);

-- Messages that could not be delivered, and those about the same subject behind
-- them: they wait until somebody puts the first one back.
create table model.outbox_waiting (
	destination text   collate "C" not null,
	seq         bigint not null references model.outbox (seq),
	subject     text   collate "C" not null,
	-- Why it could not be delivered; null: it only waits behind another.
	reason      text,
	tries       integer not null default 0,
	since       timestamptz not null default now(),
	constraint a_message_waits_once primary key (destination, seq)
);
create index outbox_waiting_by_subject on model.outbox_waiting (destination, subject, seq);

-- The last record the outbox took in, by its id: the place to go on from in a
-- copy of the record, whose positions are others.
create table model.outbox_mark (
	only_row boolean not null default true,
	event    uuid    not null,
	constraint there_is_one_mark primary key (only_row),
	constraint the_only_mark_is_true check (only_row)
);

-- What came in and could not be done: a poison queue. The message is sealed,
-- since a department's list names people.
create table model.inbox_poison (
	number     bigint generated always as identity,
	topic      text  collate "C" not null,
	message    text  collate "C" not null,
	sealed     text  not null,
	reason     text  not null,
	tries      integer not null default 1,
	-- Somebody put it back: it is tried again.
	due        boolean not null default false,
	refused_at timestamptz not null default now(),
	constraint a_poisoned_message_has_a_number primary key (number),
	constraint a_message_is_poisoned_once unique (topic, message)
);

-- What an office is told: made by the reactions to messages, once each.
create table model.notifications (
	id        uuid  not null,
	-- The message that it comes from, and whose turn it is.
	kind      text  collate "C" not null,
	subject   text  collate "C" not null,
	region    text  collate "C" not null,
	level     text  collate "C" not null,
	office    text  collate "C" not null,
	happened  date  not null,
	at        timestamptz not null default now(),
	constraint a_notification_is_made_once primary key (id)
);
create index notifications_by_region on model.notifications (region, at desc);

-- What is due or missing in each household's file. Filled by projections/owed.go.

create table items (
	stream    text collate "C" not null,
	-- Reading order: by the day since which it is owed; unique.
	place     text collate "C" not null,
	kind      text collate "C" not null,
	level     text collate "C" not null, -- whose turn it is
	region    text collate "C" not null,
	file_no   text collate "C" not null,
	head      text not null,
	procedure text collate "C" not null,
	step      text collate "C" not null,
	since     date not null,
	-- The last day on which it is in time. Null where nobody says when, or where
	-- the working days of its limit are not known; then days is not zero.
	due       date,
	days      smallint not null,
	count     text collate "C" not null,
	-- The first day on which it is owed: a notice need not come down before.
	from_day  date not null,
	paper     text collate "C" not null,
	office    text collate "C" not null,
	-- The named system that it waits for; empty for the national one.
	system    text collate "C" not null,
	-- Who may take the step; empty where the pack does not say.
	capacities text[] not null,
	detail    text not null
);

-- What duties of each household are reckoned from: since when it is monitored or
-- has signed the letter, and when each act that fulfils one was last done.
create table cases (
	stream     text collate "C" not null,
	region     text collate "C" not null,
	file_no    text collate "C" not null,
	head       text not null,
	monitored  date,
	authorised date,
	visited    date,
	collected  date, -- by its own monitoring officer
	compared   date,
	helped     date,
	studied    date,
	monitoring text collate "C" not null, -- the monitoring officer, "" if none
	assistance text collate "C" not null
);

-- Visits of concentrated checks.
create table sought (
	stream text collate "C" not null,
	region text collate "C" not null,
	on_day date not null
);

-- Duties that offices recorded as done, by the last day of the period they were
-- about; and study meetings, which fulfil a duty by their day.
create table deeds (
	stream     text collate "C" not null,
	version    bigint not null,
	duty       text collate "C" not null, -- "" for a study meeting
	name       text not null,
	region     text collate "C" not null,
	department text collate "C" not null,
	from_day   date,
	to_day     date not null,
	due        date not null,
	done       date not null,
	document   text not null,
	summary    text not null,
	persons    integer not null
);

create table closures (
	stream   text collate "C" not null,
	shut     text collate "C" not null,
	region   text collate "C" not null,
	system   text collate "C" not null,
	from_day date not null,
	to_day   date,
	reason   text not null
);

-- The watch list of scale risks, with those taken off it.
create table scale_risks (
	stream     text collate "C" not null,
	risk       text collate "C" not null,
	region     text collate "C" not null,
	kind       text collate "C" not null,
	since      date not null,
	listed     date not null,
	area       text not null,
	households integer not null, -- as told last
	content    text not null,
	measures   text not null, -- as told last
	followed   date, -- when that was
	ended      date,
	reason     text not null,
	document   text not null
);

create table checks (
	stream   text collate "C" not null,
	version  bigint not null,
	region   text collate "C" not null,
	title    text not null,
	duty     text collate "C" not null,
	from_day date not null,
	to_day   date not null,
	ended    date,
	summary  text not null
);

create table villages (
	stream         text collate "C" not null,
	village        text collate "C" not null,
	reported       date not null,
	households     integer not null,
	checked        integer not null,
	groups         integer not null,
	groups_checked integer not null,
	found          integer not null,
	note           text not null
);

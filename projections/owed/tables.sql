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
	detail    text not null
);

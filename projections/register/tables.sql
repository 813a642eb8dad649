-- The current ledger: one row per household. Filled by projections/register.go.

create table households (
	stream           text collate "C" not null,
	version          bigint  not null,
	-- Reading order: the village's code, the file number, and what tells two of
	-- the same number apart. It begins with the codes of county, township and
	-- village, so each of them is a range of it.
	place            text collate "C" not null,
	file_no          text collate "C" not null,
	-- The village's code as it was recorded. Mergers are resolved by whoever asks,
	-- for the day he asks about.
	region           text collate "C" not null,
	village_group    text    not null,
	national_no      text collate "C" not null,
	unconfirmed      boolean not null,
	head             text    not null,
	kind             text collate "C" not null,
	class            text collate "C" not null,
	stage            text collate "C" not null,
	episode          smallint not null,
	risks            text[]  not null,
	persons          smallint not null,
	persons_included smallint not null,
	no_labour        boolean not null,
	included         date,
	eliminated       date,
	announced        date,
	marked           date,
	closed           date,
	fell             date,
	green_owed       date,
	monitoring       text collate "C",
	monitoring_name  text,
	assistance       text collate "C",
	assistance_name  text,
	measures         smallint not null,
	developed        boolean  not null,
	income_year      smallint,
	income_fen       bigint,
	visits           smallint not null,
	last_visit       date,
	flags            smallint not null,
	-- Under a red warning (红色预警) since, and on which grounds.
	red_since        date,
	red_grounds      text[]  not null,
	-- What one may search for, as numbers (see searchKey): one and two characters
	-- of names, their initials, hashes and last four characters of ID numbers.
	keys             bigint[] not null
) with (fillfactor = 80); -- room to change a row in its place
-- Which keys are frequent helps no plan, since they come as parameters, and
-- finding out takes longer than all other statistics.
alter table households alter column keys set statistics 0;

-- Net income per head by year, the last sheet of each.
create table incomes (
	stream text collate "C" not null,
	year   smallint not null,
	fen    bigint   not null
);

-- 户 and 人 by village, kind, class and stage. Unconfirmed ones count nowhere.
create table totals (
	region           text collate "C" not null,
	kind             text collate "C" not null,
	class            text collate "C" not null,
	stage            text collate "C" not null,
	households       bigint not null,
	persons          bigint not null,
	persons_included bigint not null
);

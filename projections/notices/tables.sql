-- Notice sheets and what hangs on them. Filled by projections/notices.go: the
-- sheet's own stream gives sheets, lines, objections and photographs; the
-- households' streams give what was required and what came after.

create table sheets (
	stream        text   collate "C" not null,
	version       bigint not null,
	region        text   collate "C" not null,
	procedure     text   collate "C" not null,
	title         text   not null,
	place         text   not null,
	phone         text   not null,
	replaces      text   collate "C" not null,
	posted        date   not null,
	recorded      timestamptz not null,
	photo         text   collate "C" not null,
	removed       date,
	removed_recorded timestamptz,
	removal_photo text   collate "C" not null,
	lines         smallint not null,
	struck        smallint not null,
	open          smallint not null -- objections without an answer
);

create table lines (
	stream    text     collate "C" not null,
	item      smallint not null,
	household text     collate "C" not null,
	head      text     not null,
	persons   smallint not null,
	class     text     collate "C" not null,
	struck    date,
	reason    text     not null
);

create table objections (
	stream    text    collate "C" not null,
	objection text    collate "C" not null,
	household text    collate "C" not null,
	content   text    not null,
	raised    date    not null,
	inquired  date, -- of the first inquiry
	inquiry   text    not null,
	answered  date,
	upheld    boolean not null,
	findings  text    not null
);

-- Who is appointed to inquire into an objection; what is void is not here.
create table inquirers (
	stream    text   collate "C" not null,
	event     text   collate "C" not null,
	version   bigint not null,
	objection text   collate "C" not null,
	person    text   collate "C" not null,
	since     date   not null,
	until     date, -- null: until further notice
	number    text   not null,
	made      date   not null,
	made_by   text   not null -- names
);

-- Of each household's line: the days required when it was posted, the day on
-- which they are over (null where its year has no arrangement of holidays), and
-- the next step of its procedure. stream is the household's.
create table followed (
	stream    text     collate "C" not null,
	notice    text     collate "C" not null,
	days      smallint not null,
	count     text     collate "C" not null,
	full_on   date,
	next_step text     collate "C" not null,
	next_on   date,
	appraised    text  collate "C" not null, -- result of the appraisal before the sheet went up
	appraised_on date,
	meeting      text  collate "C" not null,
	decided      text  collate "C" not null, -- result of the decision that the sheet was for
	decided_on   date,
	decided_class text collate "C" not null
);

-- Every appraisal of a household: whoever passed at a meeting must stand on a sheet.
create table appraised (
	stream    text collate "C" not null,
	procedure text collate "C" not null,
	meeting   text collate "C" not null,
	appraised_on date not null,
	result    text collate "C" not null
);

-- Every county decision on a household, and the sheet that hung before it, ''
-- where none did.
create table decided (
	stream    text collate "C" not null,
	region    text collate "C" not null,
	procedure text collate "C" not null,
	decided_on date not null,
	result    text collate "C" not null,
	class     text collate "C" not null,
	notice    text collate "C" not null
);

-- What inspectors saw on the spot (现场核查): streams inspection-<id>.
create table inspections (
	stream     text   collate "C" not null,
	version    bigint not null,
	notice     text   collate "C" not null,
	region     text   collate "C" not null,
	result     text   collate "C" not null,
	place      text   not null,
	note       text   not null,
	photo      text   collate "C" not null,
	checked_on date   not null,
	recorded   timestamptz not null,
	checked_by text   not null,
	withdrawn  text   not null -- why it does not count; '' where it does
);

-- Every photograph by its hash: the same one twice is seen here.
create table photos (
	stream text collate "C" not null,
	hash   text collate "C" not null,
	use    text collate "C" not null,
	taken_for date not null
);

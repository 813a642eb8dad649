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
	next_on   date
);

-- Every photograph by its hash: the same one twice is seen here.
create table photos (
	stream text collate "C" not null,
	hash   text collate "C" not null,
	use    text collate "C" not null,
	taken_for date not null
);

-- Papers that cover many households, and which of their lines have arrived in
-- the households' files. Filled by projections/papers.go.

create table papers (
	stream    text   collate "C" not null, -- meeting-…, notice-…, document-…
	version   bigint not null,
	kind      text   collate "C" not null, -- meeting, notice, or the document's kind
	region    text   collate "C" not null,
	procedure text   collate "C" not null,
	number    text   not null, -- 文号
	title     text   not null,
	place     text   not null,
	happened  date   not null,
	recorded  timestamptz not null,
	lines     smallint not null,
	attachment text  collate "C" not null
);

-- What each event of a paper means for each household on it; and what an event
-- of one household's file, a split or a move, means for another's.
create table lines (
	stream    text     collate "C" not null,
	event     text     collate "C" not null, -- id of the paper's event
	version   bigint   not null,
	type      text     collate "C" not null,
	happened  date     not null,
	item      smallint not null,
	household text     collate "C" not null,
	result    text     collate "C" not null,
	region    text     collate "C" not null, -- of the paper, or of the office that typed it
	arrival   text     collate "C" not null  -- under which it arrives: the event's id, and /2 for a household's second line
);

-- Lines that have arrived: stream is the household's, line what lines calls arrival.
create table arrivals (
	stream text collate "C" not null,
	line   text collate "C" not null
);

-- How many lines each event of a paper has, and how many have arrived.
create table fanouts (
	event    text collate "C" not null,
	expected bigint not null,
	arrived  bigint not null
);

-- Funds with what was raised, approved and paid. Filled by projections/funds.go.

create table funds (
	stream   text   collate "C" not null, -- fund-…
	version  bigint not null,
	region   text   collate "C" not null,
	kind     text   collate "C" not null,
	name     text   not null,
	rules    text   not null,
	document text   not null,
	since    date,
	raised   bigint not null, -- fen
	approved bigint not null,
	paid     bigint not null, -- what was not reversed
	tiers    text   not null  -- JSON
);

-- Lines of approval and payment lists.
create table lines (
	stream    text     collate "C" not null, -- fund-…
	place     text     collate "C" not null, -- reading order; unique in the fund
	entry     text     collate "C" not null, -- approval or payment
	list      text     collate "C" not null,
	document  text     not null,
	household text     collate "C" not null,
	measure   text     collate "C" not null,
	tier      text     collate "C" not null,
	persons   smallint not null,
	fen       bigint   not null,
	happened  date     not null,
	reversed  date
);

-- What an audit finds: by the fund's own stream, or by the household's file.
create table findings (
	stream    text collate "C" not null, -- fund-… or household-…
	fund      text collate "C" not null,
	list      text collate "C" not null,
	household text collate "C" not null, -- none: about the whole list
	rule      text collate "C" not null,
	happened  date not null,
	detail    text not null
);

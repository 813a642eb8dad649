
-- Signs of risk in files, and what they led to. Filled by projections/signs.go.
create table signs (
	stream  text collate "C" not null,
	-- Reading order: by the day of the sign; unique.
	place   text collate "C" not null,
	region  text collate "C" not null,
	file_no text collate "C" not null,
	head    text not null,
	kind    text collate "C" not null, -- household.SignKinds
	on_day  date not null,
	fen     bigint not null, -- of an income sheet, per head
	year    smallint not null,
	outcome text collate "C" not null, -- household.SignOutcomes
	decided date
);

-- Who did and who typed every record. Filled by projections/doers.go: a row for each
-- person whom a record names, never changed afterwards; one without a person where
-- it names nobody.

create table entries (
	stream   text    collate "C" not null,
	version  bigint  not null,
	recorded timestamptz not null,
	happened date    not null,
	person   text    collate "C" not null,
	done     boolean not null, -- 经办
	typed    boolean not null, -- 录入
	voids    boolean not null  -- 作废：counts for all days
);

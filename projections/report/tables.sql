-- What the official counts need of each household that was ever included, as
-- slim facts in the order of the record. Filled by projections/report.go; the
-- counting itself is the domain's, on those facts the two times admit.

create table files (
	stream text  collate "C" not null,
	region text  collate "C" not null,
	facts  bytea not null
);

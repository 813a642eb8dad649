-- How households came to notice: clues and applications (预警台账), visits (排查走访
-- 台账), special groups (六必访、六必查). Filled by projections/discovery.go.

create table clues (
	stream       text collate "C" not null,
	-- Reading order: by the day it came in; unique.
	place        text collate "C" not null,
	kind         text collate "C" not null, -- clue or application
	region       text collate "C" not null,
	file_no      text collate "C" not null,
	head         text not null,
	clue         text collate "C" not null,
	channel      text collate "C" not null,
	via          text collate "C" not null,
	department   text collate "C" not null,
	office       text collate "C" not null, -- that took it in
	received     date not null,
	sent_to      text collate "C" not null, -- office that verifies it
	due          date,
	verified     date,
	result       text collate "C" not null,
	same_as      text collate "C" not null,
	joined_to    text collate "C" not null, -- household whose file answers it
	feedback_due boolean not null,
	fed_back     boolean not null
);

create table visits (
	stream   text   collate "C" not null,
	place    text   collate "C" not null,
	region   text   collate "C" not null,
	file_no  text   collate "C" not null,
	head     text   not null,
	visit    text   collate "C" not null,
	kind     text   collate "C" not null,
	happened date   not null,
	by_whom  text   not null,
	groups   text[] collate "C" not null
);

-- The special groups that a household belongs to now. Those that come from a
-- member's health name the group and nobody.
create table groups (
	stream      text collate "C" not null,
	place       text collate "C" not null,
	region      text collate "C" not null,
	file_no     text collate "C" not null,
	head        text not null,
	special     text collate "C" not null,
	since       date not null,
	last_visit  date
);

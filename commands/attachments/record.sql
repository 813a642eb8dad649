-- One statement about one kept file; a repeated upload changes nothing.
insert into record.attachments (sha256, uploaded_by, captured_at, place, media_type, size, width, height)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing

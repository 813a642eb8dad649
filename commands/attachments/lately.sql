-- Whether somebody handed a file in within the last so many seconds.
select exists (
	select from record.attachments
	where sha256 = $1 and uploaded_by = $2 and uploaded_at > now() - make_interval(secs => $3)
)

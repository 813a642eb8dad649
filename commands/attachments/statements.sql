-- All that was stated about a file, in the order it was uploaded.
select uploaded_by, captured_at, place, uploaded_at
from record.attachments
where sha256 = $1
order by uploaded_at, uploaded_by, captured_at, place

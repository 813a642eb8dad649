select substr(o.stream, 8), o.objection, o.household, o.content, o.raised, o.inquired, o.inquiry, o.answered, o.upheld, o.findings
from model_notices.objections o
where o.objection = @id
limit 1

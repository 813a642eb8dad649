select objection, household, content, raised, inquired, inquiry, answered, upheld, findings
from model_notices.objections
where stream = 'notice-' || @id
order by raised, objection

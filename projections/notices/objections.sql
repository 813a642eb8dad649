select objection, household, content, raised, answered, upheld, findings
from model_notices.objections
where stream = 'notice-' || @id
order by raised, objection

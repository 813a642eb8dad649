select stream, facts
from model_report.files
where region = any(@regions)

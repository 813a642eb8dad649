select mine.use, mine.hash, other.stream, other.use, other.taken_for
from model_notices.photos mine
join model_notices.photos other on other.hash = mine.hash and (other.stream <> mine.stream or other.use <> mine.use)
where mine.stream = 'notice-' || @id
order by mine.use, other.taken_for, other.stream

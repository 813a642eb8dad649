select version, log_id, store_id, at_commit, at_prepare, generation, coalesce(stopped, '') as stopped
from model.checkpoints
where follower = @follower

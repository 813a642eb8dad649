select follower, version, log_id, store_id, at_commit, at_prepare, generation, coalesce(stopped, ''), changed_at
from model.checkpoints

update model.checkpoints
set version = @version, log_id = @log_id, store_id = @store_id,
	at_commit = @at_commit, at_prepare = @at_prepare,
	generation = generation + 1, stopped = null, changed_at = now()
where follower = @follower

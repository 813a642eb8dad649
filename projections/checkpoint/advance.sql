update model.checkpoints
set at_commit = @to_commit, at_prepare = @to_prepare, stopped = null, changed_at = now()
where follower = @follower
	and version = @version and log_id = @log_id and store_id = @store_id
	and at_commit = @at_commit and at_prepare = @at_prepare
	and generation = @generation

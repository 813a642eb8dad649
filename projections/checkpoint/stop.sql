update model.checkpoints
set stopped = @stopped, changed_at = now()
where follower = @follower and generation = @generation

insert into model.checkpoints (follower, version, log_id, store_id, at_commit, at_prepare, generation)
values (@follower, @version, @log_id, @store_id, @at_commit, @at_prepare, 0)
on conflict (follower) do nothing

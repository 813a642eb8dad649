update model.outbox_waiting set reason = null
where destination = @destination and (@seq::bigint = 0 or seq = @seq) and reason is not null

delete from model.outbox_waiting where destination = @destination and seq = @seq and reason is null and tries = @tries

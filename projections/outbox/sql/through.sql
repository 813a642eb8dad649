update model.outbox_destinations set through = @to, changed_at = now()
where destination = @destination and through = @from

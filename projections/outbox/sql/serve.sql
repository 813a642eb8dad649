with new as (
	insert into model.outbox_destinations (destination, through)
	select @destination, case when @all then 0 else coalesce(max(seq), 0) end from model.outbox
	on conflict on constraint a_destination_has_one_place do nothing
	returning through
)
select through from new
union all
select through from model.outbox_destinations where destination = @destination
limit 1

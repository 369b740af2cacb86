-- The services that each account used on each day, and how much of the billing meter.
select
    @month(event.event_time) as month,
    cast(event.event_time as date) as day,
    event.account_id,
    event.service_id,
    cast(cast(sum(event.quantity) as decimal(15, 3)) as double) as amount
from operations.service_telemetry.usage_event as event
inner join operations.cloud_accounts.service as service
    on service.service_id = event.service_id
    and service.billing_meter = event.meter
    and service.billing_unit = event.unit
group by @month(event.event_time), cast(event.event_time as date), event.account_id, event.service_id

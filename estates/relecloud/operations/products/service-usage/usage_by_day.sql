-- What each account used of each service on each day and in each region, in the unit that is billed.
-- Only the service's billing meter counts, and a duplicate event counts once.
with event as (
    select distinct
        raw.event_id, raw.event_time, raw.account_id, raw.service_id, raw.region, raw.meter, raw.quantity, raw.unit
    from operations.service_telemetry.usage_event as raw
    inner join operations.cloud_accounts.service as service
        on service.service_id = raw.service_id
        and service.billing_meter = raw.meter
        and service.billing_unit = raw.unit
)

select
    @month(event.event_time) as month,
    cast(event.event_time as date) as day,
    event.account_id,
    event.service_id,
    event.region,
    sum(event.quantity) as quantity,
    event.unit,
    count(*) as events
from event
group by
    @month(event.event_time), cast(event.event_time as date), event.account_id, event.service_id, event.region, event.unit

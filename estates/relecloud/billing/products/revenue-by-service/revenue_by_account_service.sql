-- What each account was billed and what it used, by service and month.
-- The month is the UTC month of the service period of the original charge; credits, refunds and corrections
-- count there too. Only the service's billing meter counts as used, and a duplicate event counts once.
with billed as (
    select
        @month(line.service_period_start) as month,
        line.account_id,
        line.service_id,
        sum(case when line.kind in ('charge', 'correction') then line.amount else 0 end) as gross,
        sum(case when line.kind = 'credit' then line.amount else 0 end) as credits,
        sum(case when line.kind = 'refund' then line.amount else 0 end) as refunds,
        sum(line.tax_amount) as tax,
        sum(case when line.kind in ('charge', 'correction') then line.quantity else 0 end) as billed_quantity
    from billing.invoices.invoice_line as line
    group by @month(line.service_period_start), line.account_id, line.service_id
),

event as (
    select distinct
        raw.event_id, raw.event_time, raw.account_id, raw.service_id, raw.region, raw.meter, raw.quantity, raw.unit
    from operations.service_telemetry.usage_event as raw
    inner join operations.cloud_accounts.service as service
        on service.service_id = raw.service_id
        and service.billing_meter = raw.meter
        and service.billing_unit = raw.unit
),

used as (
    select
        @month(event.event_time) as month,
        event.account_id,
        event.service_id,
        sum(event.quantity) as used_quantity
    from event
    group by @month(event.event_time), event.account_id, event.service_id
)

select
    coalesce(billed.month, used.month) as month,
    coalesce(billed.account_id, used.account_id) as account_id,
    coalesce(billed.service_id, used.service_id) as service_id,
    coalesce(billed.gross, 0) as gross,
    coalesce(billed.credits, 0) as credits,
    coalesce(billed.refunds, 0) as refunds,
    coalesce(billed.tax, 0) as tax,
    coalesce(billed.gross, 0) - coalesce(billed.credits, 0) - coalesce(billed.refunds, 0) as net,
    coalesce(billed.billed_quantity, 0) as billed_quantity,
    coalesce(used.used_quantity, 0) as used_quantity,
    coalesce(used.used_quantity, 0) - coalesce(billed.billed_quantity, 0) as unbilled_quantity
from billed
full outer join used
    on used.month = billed.month
    and used.account_id = billed.account_id
    and used.service_id = billed.service_id

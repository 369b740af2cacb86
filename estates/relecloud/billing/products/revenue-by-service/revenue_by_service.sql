-- Revenue and use by service and month: what finance reports and what it has not billed yet.
with by_service as (
    select
        revenue.month,
        revenue.service_id,
        sum(revenue.gross) as gross,
        sum(revenue.credits) as credits,
        sum(revenue.refunds) as refunds,
        sum(revenue.tax) as tax,
        sum(revenue.net) as net,
        sum(revenue.billed_quantity) as billed_quantity,
        sum(revenue.used_quantity) as used_quantity,
        sum(revenue.unbilled_quantity) as unbilled_quantity,
        count(case when revenue.used_quantity > 0 or revenue.billed_quantity > 0 then 1 end) as active_accounts
    from billing.revenue_by_service.revenue_by_account_service as revenue
    group by revenue.month, revenue.service_id
)

select
    by_service.month,
    by_service.service_id,
    service.service_name,
    service.category,
    by_service.gross,
    by_service.credits,
    by_service.refunds,
    by_service.tax,
    by_service.net,
    by_service.billed_quantity,
    by_service.used_quantity,
    by_service.unbilled_quantity,
    by_service.active_accounts,
    @div_dec(by_service.net, by_service.used_quantity, 18, 6) as net_revenue_per_used_unit
from by_service
inner join operations.cloud_accounts.service as service
    on service.service_id = by_service.service_id

-- Net revenue of the adoptions credited to recommendations, by service, month and window: from the month of the
-- adoption on, which has no use before it, for twelve months. Credits and refunds are taken off.
with credited as (
    select
        attribution.window_days,
        revenue.month,
        revenue.service_id,
        count(*) as accounts,
        sum(revenue.gross) as gross,
        sum(revenue.credits) as credits,
        sum(revenue.refunds) as refunds,
        sum(revenue.net) as net
    from operations.recommender_revenue.attribution as attribution
    inner join billing.revenue_by_service.revenue_by_account_service as revenue
        on revenue.account_id = attribution.account_id
        and revenue.service_id = attribution.service_id
        and revenue.month >= @month(attribution.adopted_on)
        and revenue.month < @add_months(@month(attribution.adopted_on), 12)
    group by attribution.window_days, revenue.month, revenue.service_id
)

select
    credited.month,
    credited.service_id,
    credited.window_days,
    service.service_name,
    credited.accounts,
    credited.gross,
    credited.credits,
    credited.refunds,
    credited.net,
    service.net as service_net
from credited
inner join billing.revenue_by_service.revenue_by_service as service
    on service.month = credited.month
    and service.service_id = credited.service_id

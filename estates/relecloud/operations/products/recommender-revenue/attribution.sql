-- Which adoption of a service is credited to which recommendation: a row an account, service and window at most.
-- An adoption is a first day of use with no use in the 90 days before; it is eligible where no month that these days
-- touch, before the month of the adoption, was charged. Of the recommendations served on the day of the adoption or at
-- most the window before, the last gets the credit; of several eligible adoptions the first that has such a one.
with span as (
    select 7 as window_days
    union all
    select 30 as window_days
    union all
    select 90 as window_days
),

used as (
    select
        interaction.account_id,
        interaction.service_id,
        interaction.day,
        lag(interaction.day) over (
            partition by interaction.account_id, interaction.service_id
            order by interaction.day asc nulls first
        ) as day_before
    from operations.cloud_service_recommender.interaction as interaction
),

adoption as (
    select used.account_id, used.service_id, used.day as adopted_on
    from used
    where used.day_before is null or @date_diff_days(used.day_before, used.day) > 90
),

charge as (
    select revenue.month, revenue.account_id, revenue.service_id
    from billing.revenue_by_service.revenue_by_account_service as revenue
    where revenue.gross > 0
),

eligible as (
    select adoption.account_id, adoption.service_id, adoption.adopted_on
    from adoption
    left join charge
        on charge.account_id = adoption.account_id
        and charge.service_id = adoption.service_id
        and charge.month < @month(adoption.adopted_on)
        and charge.month >= @month(date_add(adoption.adopted_on, -90))
    group by adoption.account_id, adoption.service_id, adoption.adopted_on
    having count(charge.month) = 0
),

touch as (
    select
        span.window_days,
        eligible.account_id,
        eligible.service_id,
        eligible.adopted_on,
        exposure.recommendation_id,
        exposure.served_at,
        exposure.rank,
        exposure.model_version,
        row_number() over (
            partition by span.window_days, eligible.account_id, eligible.service_id
            order by
                eligible.adopted_on asc nulls first,
                exposure.served_at desc nulls last,
                exposure.recommendation_id asc nulls first
        ) as place
    from eligible
    inner join operations.cloud_service_recommender.exposure as exposure
        on exposure.account_id = eligible.account_id
        and exposure.service_id = eligible.service_id
    cross join span
    where
        exposure.arm = 'treated'
        and @date_diff_days(exposure.served_at, eligible.adopted_on) >= 0
        and @date_diff_days(exposure.served_at, eligible.adopted_on) <= span.window_days
)

select
    touch.window_days,
    touch.account_id,
    touch.service_id,
    touch.adopted_on,
    touch.recommendation_id,
    touch.served_at,
    touch.rank,
    touch.model_version
from touch
where touch.place = 1

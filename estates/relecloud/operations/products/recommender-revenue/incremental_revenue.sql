-- What recommendations earned, from the customers held out: one row, or none before the first exposure.
-- A customer's revenue is its accounts' net revenue, from the month of an account's first exposure on, on recommended
-- services that the account had not used before that exposure. Which services those are is decided before anything is
-- shown; to count only what was in an account's lists would not be fair, since lists move on when something is adopted.
-- A holdout's ghost exposures say what it would have been shown, and when.
with first_exposure as (
    select
        exposure.account_id,
        max(exposure.customer_id) as customer_id,
        max(exposure.arm) as arm,
        min(cast(exposure.served_at as date)) as day
    from operations.cloud_service_recommender.exposure as exposure
    where exposure.account_id is not null and exposure.customer_id is not null
    group by exposure.account_id
),

started as (
    select min(first_exposure.day) as day from first_exposure
),

recommended as (
    select distinct exposure.service_id
    from operations.cloud_service_recommender.exposure as exposure
),

first_use as (
    select interaction.account_id, interaction.service_id, min(interaction.day) as day
    from operations.cloud_service_recommender.interaction as interaction
    group by interaction.account_id, interaction.service_id
),

-- Customers, not accounts, were drawn; the sums of their accounts are independent of each other.
outcome as (
    select first_exposure.customer_id, sum(cast(cast(revenue.net as decimal(15, 2)) as double)) as net
    from first_exposure
    inner join billing.revenue_by_service.revenue_by_account_service as revenue
        on revenue.account_id = first_exposure.account_id
        and revenue.month >= @month(first_exposure.day)
    inner join recommended on recommended.service_id = revenue.service_id
    left join first_use
        on first_use.account_id = revenue.account_id
        and first_use.service_id = revenue.service_id
    where first_use.day is null or first_use.day >= first_exposure.day
    group by first_exposure.customer_id
),

-- What the customer paid for in the three whole months before anybody was shown anything.
before_start as (
    select profile.customer_id, sum(cast(cast(revenue.net as decimal(15, 2)) as double)) as net
    from operations.cloud_service_recommender.account_profile as profile
    inner join billing.revenue_by_service.revenue_by_account_service as revenue
        on revenue.account_id = profile.account_id
    cross join started
    where
        revenue.month < @month(started.day)
        and revenue.month >= @add_months(@month(started.day), -3)
    group by profile.customer_id
),

customer as (
    select first_exposure.customer_id, max(first_exposure.arm) as arm
    from first_exposure
    group by first_exposure.customer_id
),

observed as (
    select
        customer.arm,
        cast(coalesce(outcome.net, 0) as double) as y,
        cast(coalesce(before_start.net, 0) as double) as x
    from customer
    left join outcome on outcome.customer_id = customer.customer_id
    left join before_start on before_start.customer_id = customer.customer_id
),

-- CUPED: what the revenue before explains is taken off (Deng et al., WSDM 2013).
slope as (
    select
        coalesce(covar_samp(observed.y, observed.x) / nullif(var_samp(observed.x), 0), 0) as theta,
        sum(observed.x) / nullif(cast(count(*) as double), 0) as mean_x
    from observed
),

adjusted as (
    select
        observed.arm,
        observed.y,
        observed.y - slope.theta * (observed.x - slope.mean_x) as z
    from observed
    cross join slope
),

arm as (
    select
        count_if(adjusted.arm = 'treated') as treated,
        count_if(adjusted.arm = 'holdout') as holdout,
        avg(cast(adjusted.y as double)) filter (where adjusted.arm = 'treated') as treated_mean,
        avg(cast(adjusted.y as double)) filter (where adjusted.arm = 'holdout') as holdout_mean,
        avg(cast(adjusted.z as double)) filter (where adjusted.arm = 'treated')
            - avg(cast(adjusted.z as double)) filter (where adjusted.arm = 'holdout') as effect,
        var_samp(adjusted.z) filter (where adjusted.arm = 'treated')
            / nullif(cast(count_if(adjusted.arm = 'treated') as double), 0) as treated_error,
        var_samp(adjusted.z) filter (where adjusted.arm = 'holdout')
            / nullif(cast(count_if(adjusted.arm = 'holdout') as double), 0) as holdout_error,
        -- As in the recommender's manifest.
        cast(0.10 as double) as planned_share
    from adjusted
),

-- Welch's standard error and degrees of freedom.
error as (
    select
        arm.treated,
        arm.holdout,
        arm.treated_mean,
        arm.holdout_mean,
        arm.effect,
        arm.planned_share,
        sqrt(arm.treated_error + arm.holdout_error) as standard_error,
        power(arm.treated_error + arm.holdout_error, 2) / nullif(
            power(arm.treated_error, 2) / nullif(cast(arm.treated - 1 as double), 0)
            + power(arm.holdout_error, 2) / nullif(cast(arm.holdout - 1 as double), 0), 0) as freedom,
        power(arm.holdout - arm.planned_share * cast(arm.treated + arm.holdout as double), 2) / nullif(
            arm.planned_share * (1 - arm.planned_share) * cast(arm.treated + arm.holdout as double), 0)
            as chi_squared
    from arm
),

-- The 97.5 % quantile of Student's t by its expansion (Abramowitz and Stegun 26.7.5).
quantile as (
    select
        error.treated,
        error.holdout,
        error.treated_mean,
        error.holdout_mean,
        error.effect,
        error.planned_share,
        error.standard_error,
        error.freedom,
        error.chi_squared,
        1.959963984540054
            + cast(2.372271230 as double) / nullif(error.freedom, 0)
            + 2.822499 / nullif(power(error.freedom, 2), 0)
            + 2.555850 / nullif(power(error.freedom, 3), 0) as t
    from error
),

bounds as (
    select
        quantile.treated,
        quantile.holdout,
        quantile.treated_mean,
        quantile.holdout_mean,
        quantile.effect,
        quantile.planned_share,
        quantile.standard_error,
        quantile.freedom,
        quantile.chi_squared,
        quantile.effect - quantile.t * quantile.standard_error as low,
        quantile.effect + quantile.t * quantile.standard_error as high,
        quantile.chi_squared < 10.828 as ratio_ok
    from quantile
)

select
    started.day as first_day,
    bounds.treated as treated_customers,
    bounds.holdout as holdout_customers,
    cast(bounds.planned_share as double) as planned_holdout_share,
    bounds.chi_squared as sample_ratio_chi_squared,
    bounds.ratio_ok as sample_ratio_ok,
    bounds.treated_mean as treated_mean_net,
    bounds.holdout_mean as holdout_mean_net,
    bounds.effect as effect_per_customer,
    bounds.standard_error,
    bounds.freedom as degrees_of_freedom,
    bounds.low as effect_low,
    bounds.high as effect_high,
    bounds.effect * bounds.treated as incremental_net,
    bounds.low * bounds.treated as incremental_low,
    bounds.high * bounds.treated as incremental_high,
    bounds.low <= 0 and bounds.high >= 0 as spans_zero,
    case
        when not bounds.ratio_ok
            then 'The arms are not of the planned sizes: find out why before using these figures.'
        when bounds.low is null then 'Too few customers in an arm to say anything.'
        when bounds.low > 0 then 'Recommendations earned more than nothing: the interval lies above zero.'
        when bounds.high < 0 then 'Recommendations cost revenue: the interval lies below zero.'
        else 'The interval spans zero: it is not shown that recommendations earn anything.'
    end as statement
from bounds
cross join started
where started.day is not null

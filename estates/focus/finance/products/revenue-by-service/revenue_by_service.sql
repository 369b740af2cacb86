-- What each provider earns with each service, by the UTC month of the charge and by currency.
select
    @month(cost.charge_period_start) as month,
    cost.provider_name,
    cost.service_name,
    cost.service_category,
    cost.billing_currency,
    count(*) as charges,
    sum(cost.billed_cost) as billed_cost,
    sum(cost.effective_cost) as effective_cost,
    sum(cost.list_cost) as list_cost
from finance.cost_export.cost_and_usage as cost
group by
    @month(cost.charge_period_start),
    cost.provider_name,
    cost.service_name,
    cost.service_category,
    cost.billing_currency

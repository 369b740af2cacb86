select
    cast("month" as DATE) as "month",
    cast("name" as VARCHAR) as "name",
    cast("flag" as BOOLEAN) as "flag",
    cast("n" as INTEGER) as "n",
    cast("big" as BIGINT) as "big",
    cast("ratio" as DOUBLE) as "ratio",
    cast("net" as DECIMAL(18,2)) as "net",
    cast("bytes" as BLOB) as "bytes",
    cast("latest" as TIMESTAMPTZ) as "latest"
from (
-- Every macro and every type, in a model that both engines accept.
with facts as (
    select
        cast(date_trunc('month', fact.seen) as date) as month,
        fact.name,
        fact.seen,
        fact.net,
        fact.units,
        (cast(fact.units as bigint) // nullif(cast(2 as bigint), 0)) as halves,
        date_diff('day', cast((date '2024-01-01') as date), cast(fact.seen as date)) as days,
        cast(cast((cast(date_trunc('month', fact.seen) as date)) as date) + to_months(cast(1 as integer)) as date) as next_month,
        (cast(fact.seen as timestamptz) + to_seconds(cast((-90) as bigint))) as earlier,
        timezone('Europe/Berlin', cast(fact.seen as timestamptz)) as local_time,
        strftime(cast(fact.seen as timestamp), '%Y-%m-%d %H:%M:%S') as shown,
        isodow(cast(fact.seen as date)) as weekday_number,
        regexp_matches(fact.name, '^[a-m].*$') as early_name,
        regexp_extract(fact.name, '([a-z]+)-([0-9]+)', 2) as digits,
        regexp_replace(fact.name, '[0-9]+', '#', 'g') as masked,
        sha256(fact.name) as digest,
        case when json_valid(fact.detail) then json_extract_string(fact.detail, '$.size.unit') end as unit
    from z.u.fact as fact
)

select
    facts.month,
    string_agg((facts.name || '/' || facts.masked || '/' || facts.digits || '/' || coalesce(facts.unit, '-') || '/'
        || facts.shown || '/' || left(facts.digest, 8)), ';' order by facts.name asc nulls first) as name,
    bool_or(facts.early_name) and arg_max_null(facts.early_name, facts.seen) and arg_min_null(facts.early_name, facts.seen) as flag,
    sum(facts.weekday_number) as n,
    sum(facts.halves + facts.days) as big,
    avg(cast(facts.units as double)) as ratio,
    cast(cast(case when cast((sum(facts.net)) as decimal(38,6)) <> (sum(facts.net)) or cast((sum(facts.units)) as decimal(38,6)) <> (sum(facts.units)) then error('@div_dec takes operands of at most 6 decimals.') when ((sum(facts.net)) < 0) <> ((sum(facts.units)) < 0) then -1 else 1 end * ((2 * abs(cast(cast((sum(facts.net)) as decimal(38,6)) * 1000000 as hugeint)) * 100 + abs(cast(cast((sum(facts.units)) as decimal(38,6)) * 1000000 as hugeint))) // nullif(2 * abs(cast(cast((sum(facts.units)) as decimal(38,6)) * 1000000 as hugeint)), 0)) as decimal(38,0)) * 0.01 as decimal(18,2)) as net,
    cast(max(facts.name) as binary) as bytes,
    max(greatest(facts.earlier, cast(facts.next_month as timestamp), cast(facts.local_time as timestamp))) as latest
from facts
group by facts.month
) as result

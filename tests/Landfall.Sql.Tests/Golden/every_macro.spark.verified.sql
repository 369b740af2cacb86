select
    cast(`month` as date) as `month`,
    cast(`name` as string) as `name`,
    cast(`flag` as boolean) as `flag`,
    cast(`n` as int) as `n`,
    cast(`big` as bigint) as `big`,
    cast(`ratio` as double) as `ratio`,
    cast(`net` as decimal(18,2)) as `net`,
    cast(`bytes` as binary) as `bytes`,
    cast(`latest` as timestamp) as `latest`
from (
-- Every macro and every type, in a model that both engines accept.
with facts as (
    select
        cast(trunc(cast(fact.seen as date), 'MM') as date) as month,
        fact.name,
        fact.seen,
        fact.net,
        fact.units,
        (cast(fact.units as bigint) div nullif(cast(2 as bigint), 0)) as halves,
        cast(datediff(cast(fact.seen as date), cast((date '2024-01-01') as date)) as bigint) as days,
        add_months(cast((cast(trunc(cast(fact.seen as date), 'MM') as date)) as date), cast(1 as int)) as next_month,
        timestampadd(SECOND, cast((-90) as bigint), cast(fact.seen as timestamp)) as earlier,
        from_utc_timestamp(cast(fact.seen as timestamp), 'Europe/Berlin') as local_time,
        date_format(cast(fact.seen as timestamp), 'yyyy-MM-dd HH:mm:ss') as shown,
        (weekday(cast(fact.seen as date)) + 1) as weekday_number,
        (fact.name rlike '(?d)^[a-m].*(?!(?s:.))') as early_name,
        regexp_extract(fact.name, '(?d)([a-z]+)-([0-9]+)', 2) as digits,
        regexp_replace(fact.name, '(?d)[0-9]+', '#') as masked,
        sha2(fact.name, 256) as digest,
        get_json_object(fact.detail, '$.size.unit') as unit
    from z.u.fact as fact
)

select
    facts.month,
    listagg((facts.name || '/' || facts.masked || '/' || facts.digits || '/' || coalesce(facts.unit, '-') || '/'
        || facts.shown || '/' || left(facts.digest, 8)), ';') within group (order by facts.name asc nulls first) as name,
    bool_or(facts.early_name) and max_by(facts.early_name, facts.seen) and min_by(facts.early_name, facts.seen) as flag,
    sum(facts.weekday_number) as n,
    sum(facts.halves + facts.days) as big,
    avg(cast(facts.units as double)) as ratio,
    cast(cast(case when cast((sum(facts.net)) as decimal(38,6)) <> (sum(facts.net)) or cast((sum(facts.units)) as decimal(38,6)) <> (sum(facts.units)) then raise_error('@div_dec takes operands of at most 6 decimals.') when ((sum(facts.net)) < 0) <> ((sum(facts.units)) < 0) then -1 else 1 end * ((2 * abs(cast((sum(facts.net)) as decimal(38,6))) * 100 + abs(cast((sum(facts.units)) as decimal(38,6)))) div nullif(2 * abs(cast((sum(facts.units)) as decimal(38,6))), 0)) as decimal(20,0)) * 0.01 as decimal(18,2)) as net,
    cast(max(facts.name) as binary) as bytes,
    max(greatest(facts.earlier, cast(facts.next_month as timestamp), cast(facts.local_time as timestamp))) as latest
from facts
group by facts.month
) as result

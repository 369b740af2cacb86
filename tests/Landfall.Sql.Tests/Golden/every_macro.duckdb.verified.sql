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
        case when json_valid(fact.detail) then case when json_type(fact.detail, '$.size.unit') in ('VARCHAR', 'BOOLEAN') then json_extract_string(fact.detail, '$.size.unit') when json_type(fact.detail, '$.size.unit') in ('BIGINT', 'UBIGINT') and json_extract_string(fact.detail, '$.size.unit') similar to '-?[0-9]{1,18}' then json_extract_string(fact.detail, '$.size.unit') end end as unit,
        coalesce(case when json_valid(fact.detail) and json_type(fact.detail, '$.size.number') in ('DOUBLE', 'BIGINT', 'UBIGINT') then try_cast(json_extract_string(fact.detail, '$.size.number') as decimal(9,3)) end, case when fact.name similar to '[-+]?[0-9]{1,38}([.][0-9]{1,38})?' then try_cast(fact.name as decimal(9,3)) end, 0) as size,
        coalesce(case when fact.name similar to '[-+]?[0-9]{1,38}' then try_cast(fact.name as int) end, 0) + coalesce(case when fact.name similar to '[-+]?[0-9]{1,38}' then try_cast(fact.name as bigint) end, 0) as number,
        coalesce(case when fact.name similar to '[-+]?[0-9]{1,38}([.][0-9]{1,38})?([eE][-+]?[0-9]{1,3})?' then try_cast(fact.name as double) end, 0) as ratio,
        coalesce(case when fact.name similar to '[0-9]{4}-[0-9]{2}-[0-9]{2}' and fact.name >= '0001' then try_cast(fact.name as date) end, case when fact.name similar to '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?' and fact.name >= '0001' then try_cast(fact.name as timestamptz) end) as written
    from z.u.fact as fact
)

select
    facts.month,
    string_agg((facts.name || '/' || facts.masked || '/' || facts.digits || '/' || coalesce(facts.unit, '-') || '/'
        || facts.shown || '/' || left(facts.digest, 8)), ';' order by facts.name asc nulls first) as name,
    bool_or(facts.early_name) and arg_max_null(facts.early_name, facts.seen) and arg_min_null(facts.early_name, facts.seen) as flag,
    sum(facts.weekday_number) as n,
    sum(facts.halves + facts.days + facts.number + cast(round(facts.size) as bigint)) as big,
    avg(cast(facts.units as double) + facts.ratio) as ratio,
    cast(cast(case when cast((sum(facts.net)) as decimal(38,6)) <> (sum(facts.net)) or cast((sum(facts.units)) as decimal(38,6)) <> (sum(facts.units)) then error('@div_dec takes operands of at most 6 decimals.') when ((sum(facts.net)) < 0) <> ((sum(facts.units)) < 0) then -1 else 1 end * ((2 * abs(cast(cast((sum(facts.net)) as decimal(38,6)) * 1000000 as hugeint)) * 100 + abs(cast(cast((sum(facts.units)) as decimal(38,6)) * 1000000 as hugeint))) // nullif(2 * abs(cast(cast((sum(facts.units)) as decimal(38,6)) * 1000000 as hugeint)), 0)) as decimal(38,0)) * 0.01 as decimal(18,2)) as net,
    encode((max(facts.name))) as bytes,
    max(greatest(facts.written, facts.earlier, cast(facts.next_month as timestamp), cast(facts.local_time as timestamp))) as latest
from facts
group by facts.month
) as result

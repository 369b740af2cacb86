-- Every macro and every type, in a model that both engines accept.
with facts as (
    select
        @month(fact.seen) as month,
        fact.name,
        fact.seen,
        fact.net,
        fact.units,
        @int_div(fact.units, 2) as halves,
        @date_diff_days(date '2024-01-01', fact.seen) as days,
        @add_months(@month(fact.seen), 1) as next_month,
        @add_seconds(fact.seen, -90) as earlier,
        @to_zone(fact.seen, 'Europe/Berlin') as local_time,
        @format_date(fact.seen, 'yyyy-MM-dd HH:mm:ss') as shown,
        @iso_dow(fact.seen) as weekday_number,
        @re_like(fact.name, '^[a-m].*$') as early_name,
        @re_extract(fact.name, '([a-z]+)-([0-9]+)', 2) as digits,
        @re_replace(fact.name, '[0-9]+', '#') as masked,
        @sha256(fact.name) as digest,
        @json_str(fact.detail, '$.size.unit') as unit,
        coalesce(@json_dec(fact.detail, '$.size.number', 9, 3), @parse_decimal(fact.name, 9, 3), 0) as size,
        coalesce(@parse_int(fact.name), 0) + coalesce(@parse_bigint(fact.name), 0) as number,
        coalesce(@parse_double(fact.name), 0) as ratio,
        coalesce(@parse_date(fact.name), @parse_timestamp(fact.name)) as written
    from z.u.fact as fact
)

select
    facts.month,
    @string_agg(facts.name || '/' || facts.masked || '/' || facts.digits || '/' || coalesce(facts.unit, '-') || '/'
        || facts.shown || '/' || left(facts.digest, 8), ';', facts.name) as name,
    bool_or(facts.early_name) and @max_by(facts.early_name, facts.seen) and @min_by(facts.early_name, facts.seen) as flag,
    sum(facts.weekday_number) as n,
    sum(facts.halves + facts.days + facts.number + cast(round(facts.size) as bigint)) as big,
    avg(cast(facts.units as double) + facts.ratio) as ratio,
    @div_dec(sum(facts.net), sum(facts.units), 18, 2) as net,
    @utf8(max(facts.name)) as bytes,
    max(greatest(facts.written, facts.earlier, cast(facts.next_month as timestamp), cast(facts.local_time as timestamp))) as latest
from facts
group by facts.month;

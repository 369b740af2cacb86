namespace Relecloud.Sources.Database;

/// <summary>The on-premises database's tables and its reader.</summary>
internal static class BillingSchema
{
    public const string Database = "billing";
    public const string Reader = "landfall_reader";

    /// <summary>Makes what is missing; safe to repeat.</summary>
    public const string Sql = """
        create schema if not exists crm;
        create schema if not exists invoicing;
        create schema if not exists sources;
        create table if not exists crm.company (
            customer_id text primary key, name text not null, tax_number text, segment text not null,
            country char(2) not null, created_at timestamptz not null, updated_at timestamptz not null);
        create table if not exists crm.contact (
            contact_id bigint primary key, customer_id text not null, name text not null, email text, phone text,
            role text, updated_at timestamptz not null);
        create table if not exists crm.address (
            address_id bigint primary key, customer_id text not null, kind text not null, street text,
            city text not null, postal_code text, country char(2) not null, updated_at timestamptz not null);
        create table if not exists crm.location (
            location_id bigint primary key, customer_id text not null, name text not null, city text not null,
            country char(2) not null, latitude double precision, longitude double precision,
            updated_at timestamptz not null);
        create table if not exists crm.salesperson (
            salesperson_id bigint primary key, name text not null, email text, region text);
        create table if not exists crm.salesperson_assignment (
            assignment_id bigint primary key, customer_id text not null, salesperson_id bigint not null,
            valid_from date not null, valid_to date, updated_at timestamptz not null);
        create table if not exists invoicing.invoice (
            invoice_id bigint primary key, invoice_number text not null, customer_id text not null,
            issued_on date not null, due_on date not null, status text not null, currency char(3) not null,
            created_at timestamptz not null, updated_at timestamptz not null);
        create table if not exists invoicing.invoice_line (
            line_id bigint primary key, invoice_id bigint not null, account_id text not null,
            service_id text not null, kind text not null, service_period_start timestamptz not null,
            service_period_end timestamptz not null, posted_at timestamptz not null,
            quantity numeric(18,3) not null, unit text not null, unit_price numeric(18,6) not null,
            amount numeric(18,2) not null, tax_amount numeric(18,2) not null, original_line_id bigint,
            updated_at timestamptz not null);
        create table if not exists invoicing.payment (
            payment_id bigint primary key, invoice_id bigint not null, paid_on date not null,
            amount numeric(18,2) not null, method text not null, created_at timestamptz not null);
        create index if not exists invoice_updated on invoicing.invoice (updated_at);
        create index if not exists invoice_line_updated on invoicing.invoice_line (updated_at);
        create index if not exists payment_created on invoicing.payment (created_at);
        create table if not exists sources.progress (
            one boolean primary key default true check (one), seed bigint not null, scale double precision not null,
            start date not null, days integer not null);
        grant usage on schema crm, invoicing to landfall_reader;
        grant select on all tables in schema crm, invoicing to landfall_reader;
        """;

    // Far from UTC, as many on-premises servers are: whoever takes months in the session's zone gets them wrong.
    public const string DatabaseSettings = """
        alter database billing set timezone = 'Europe/Berlin';
        revoke all on database billing from public;
        grant connect on database billing to landfall_reader;
        """;
}

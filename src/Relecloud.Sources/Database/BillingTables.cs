using NpgsqlTypes;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Catalogue;

namespace Relecloud.Sources.Database;

/// <summary>Which columns each table has, and how rows become values.</summary>
internal static class BillingTables
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text;
    private const NpgsqlDbType Char = NpgsqlDbType.Char;
    private const NpgsqlDbType Id = NpgsqlDbType.Bigint;
    private const NpgsqlDbType Date = NpgsqlDbType.Date;
    private const NpgsqlDbType Time = NpgsqlDbType.TimestampTz;
    private const NpgsqlDbType Number = NpgsqlDbType.Numeric;
    private const NpgsqlDbType Real = NpgsqlDbType.Double;

    private static readonly TableCopy Company = Make(
        "crm.company",
        ("customer_id", Text), ("name", Text), ("tax_number", Text), ("segment", Text), ("country", Char),
        ("created_at", Time), ("updated_at", Time));

    private static readonly TableCopy Contact = Make(
        "crm.contact",
        ("contact_id", Id), ("customer_id", Text), ("name", Text), ("email", Text), ("phone", Text), ("role", Text),
        ("updated_at", Time));

    private static readonly TableCopy Address = Make(
        "crm.address",
        ("address_id", Id), ("customer_id", Text), ("kind", Text), ("street", Text), ("city", Text),
        ("postal_code", Text), ("country", Char), ("updated_at", Time));

    private static readonly TableCopy Location = Make(
        "crm.location",
        ("location_id", Id), ("customer_id", Text), ("name", Text), ("city", Text), ("country", Char),
        ("latitude", Real), ("longitude", Real), ("updated_at", Time));

    private static readonly TableCopy Salesperson = Make(
        "crm.salesperson", ("salesperson_id", Id), ("name", Text), ("email", Text), ("region", Text));

    private static readonly TableCopy Assignment = Make(
        "crm.salesperson_assignment",
        ("assignment_id", Id), ("customer_id", Text), ("salesperson_id", Id), ("valid_from", Date), ("valid_to", Date),
        ("updated_at", Time));

    private static readonly TableCopy Invoice = Make(
        "invoicing.invoice",
        ("invoice_id", Id), ("invoice_number", Text), ("customer_id", Text), ("issued_on", Date), ("due_on", Date),
        ("status", Text), ("currency", Char), ("created_at", Time), ("updated_at", Time));

    private static readonly TableCopy Line = Make(
        "invoicing.invoice_line",
        ("line_id", Id), ("invoice_id", Id), ("account_id", Text), ("service_id", Text), ("kind", Text),
        ("service_period_start", Time), ("service_period_end", Time), ("posted_at", Time), ("quantity", Number),
        ("unit", Text), ("unit_price", Number), ("amount", Number), ("tax_amount", Number), ("original_line_id", Id),
        ("updated_at", Time));

    private static readonly TableCopy Payment = Make(
        "invoicing.payment",
        ("payment_id", Id), ("invoice_id", Id), ("paid_on", Date), ("amount", Number), ("method", Text),
        ("created_at", Time));

    /// <summary>The changed rows of every table.</summary>
    public static IEnumerable<(TableCopy Table, IReadOnlyCollection<object?[]> Rows)> Rows(
        Changes changes, ServiceCatalogue catalogue) =>
    [
        (Company, [.. changes.Companies.Values.Select(c =>
            (object?[])[c.CustomerId, c.Name, c.TaxNumber, c.Segment, c.Country, c.CreatedAt, c.UpdatedAt])]),
        (Contact, [.. changes.Contacts.Values.Select(c =>
            (object?[])[c.Id, c.CustomerId, c.Name, c.Email, c.Phone, c.Role, c.UpdatedAt])]),
        (Address, [.. changes.Addresses.Values.Select(a =>
            (object?[])[a.Id, a.CustomerId, a.Kind, a.Street, a.City, a.PostalCode, a.Country, a.UpdatedAt])]),
        (Location, [.. changes.Locations.Values.Select(l =>
            (object?[])[l.Id, l.CustomerId, l.Name, l.City, l.Country, l.Latitude, l.Longitude, l.UpdatedAt])]),
        (Salesperson, [.. changes.Salespeople.Values.Select(s => (object?[])[s.Id, s.Name, s.Email, s.Region])]),
        (Assignment, [.. changes.Assignments.Values.Select(a =>
            (object?[])[a.Id, a.CustomerId, a.SalespersonId, a.ValidFrom, a.ValidTo, a.UpdatedAt])]),
        (Invoice, [.. changes.Invoices.Values.Select(i =>
            (object?[])[
                i.Id, i.Number, i.CustomerId, i.IssuedOn, i.DueOn, i.Status, "EUR", i.CreatedAt, i.UpdatedAt])]),
        (Line, [.. changes.Lines.Values.Select(l => LineValues(l, catalogue.Services[l.Service]))]),
        (Payment, [.. changes.Payments.Values.Select(p =>
            (object?[])[p.Id, p.InvoiceId, p.PaidOn, p.Amount, p.Method, p.CreatedAt])]),
    ];

    private static object?[] LineValues(InvoiceLine line, Service service) =>
    [
        line.Id, line.InvoiceId, $"acc-{line.Account + 1:d6}", service.Id, line.Kind, line.PeriodStart, line.PeriodEnd,
        line.PostedAt, line.Quantity, service.Meters[0].Unit, line.UnitPrice, line.Amount, line.Tax, line.OriginalId,
        line.UpdatedAt,
    ];

    private static TableCopy Make(string table, params (string Name, NpgsqlDbType Type)[] columns) =>
        new(table, [.. columns.Select(c => c.Name)], [.. columns.Select(c => c.Type)]);
}

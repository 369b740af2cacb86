namespace Relecloud.Sources.Billing;

/// <summary>Rows that were added or changed, as they are now, by key.</summary>
internal sealed class Changes
{
    public SortedDictionary<string, Company> Companies { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<long, Contact> Contacts { get; } = [];

    public SortedDictionary<long, Address> Addresses { get; } = [];

    public SortedDictionary<long, Location> Locations { get; } = [];

    public SortedDictionary<long, Salesperson> Salespeople { get; } = [];

    public SortedDictionary<long, Assignment> Assignments { get; } = [];

    public SortedDictionary<long, Invoice> Invoices { get; } = [];

    public SortedDictionary<long, InvoiceLine> Lines { get; } = [];

    public SortedDictionary<long, Payment> Payments { get; } = [];

    public void Clear()
    {
        Companies.Clear();
        Contacts.Clear();
        Addresses.Clear();
        Locations.Clear();
        Salespeople.Clear();
        Assignments.Clear();
        Invoices.Clear();
        Lines.Clear();
        Payments.Clear();
    }
}

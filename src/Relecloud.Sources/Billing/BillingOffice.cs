using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Billing;

/// <summary>
/// Keeps schema <c>invoicing</c> from day to day: an invoice a customer and month some days after its end, one more
/// when an account closes, and what follows them.
/// </summary>
internal sealed class BillingOffice(World world, UsageLedger usage, Changes changes)
{
    private const int DaysToClose = 3;
    private readonly Agenda _agenda = new();
    private readonly List<InvoiceLine> _lines = [];
    private readonly HashSet<(int Month, int Account)> _invoiced = [];
    private long _invoiceId;
    private long _paymentId;

    /// <summary>All lines as they are now, in order of id.</summary>
    public IReadOnlyList<InvoiceLine> Lines => _lines;

    /// <summary>Rows there are, by table.</summary>
    public IEnumerable<(string Table, long Rows)> Counts =>
    [
        ("invoicing.invoice", _invoiceId),
        ("invoicing.invoice_line", _lines.Count),
        ("invoicing.payment", _paymentId),
    ];

    /// <summary>Works through a day, on which all its use has arrived.</summary>
    public void Work(int day)
    {
        _agenda.Do(day);
        DateOnly today = world.DateOf(day);
        foreach (AccountHistory history in world.Histories)
        {
            if (history.ClosedDay == day - DaysToClose)
            {
                CloseAccount(history, day);
            }
        }

        int month = UsageLedger.MonthOf(today) - 1;
        if (today.Day is >= 2 and <= 5 && month >= UsageLedger.MonthOf(world.Start))
        {
            foreach (AccountHistory[] owned in Due(today.Day))
            {
                Issue(owned[0].Account.Customer, owned, month, day);
            }
        }
    }

    // Some are billed before their month's last late events arrive.
    private IEnumerable<AccountHistory[]> Due(int dayOfMonth) => world.Histories
        .Where(h => 2 + (h.Account.Customer.Index % 4) == dayOfMonth)
        .GroupBy(h => h.Account.Customer.Index)
        .OrderBy(g => g.Key)
        .Select(g => g.ToArray());

    private void CloseAccount(AccountHistory history, int day)
    {
        int month = UsageLedger.MonthOf(world.DateOf(day - DaysToClose));
        Customer customer = history.Account.Customer;
        int unbilled = UsageLedger.MonthOf(world.DateOf(day));
        for (int at = Math.Max(month - 1, UsageLedger.MonthOf(world.Start)); at <= unbilled; at++)
        {
            Issue(customer, [history], at, day);
        }
    }

    private void Issue(Customer customer, AccountHistory[] histories, int month, int day)
    {
        Rng rng = new(world.Seed, RandomStream.Instant, customer.Index, day);
        DateTime at = world.At(day, rng.Between(20_000, 30_000));
        List<ChargeMaker.Charge> charges = [];
        foreach (AccountHistory history in histories.Where(h => _invoiced.Add((month, h.Account.Index))))
        {
            charges.AddRange(ChargeMaker.Make(world, history, month, usage));
        }

        if (charges.Count > 0)
        {
            DateOnly issued = world.DateOf(day);
            Invoice invoice = new()
            {
                Id = ++_invoiceId,
                Number = $"RC-{issued:yyyyMM}-{_invoiceId:d6}",
                CustomerId = customer.Id,
                IssuedOn = issued,
                DueOn = issued.AddDays(customer.Segment.Office ? 30 : 14),
                CreatedAt = at,
                UpdatedAt = at,
            };
            changes.Invoices[invoice.Id] = invoice;
            invoice.Total = charges.Sum(c => Post(invoice, customer, c, at));
            SchedulePayment(invoice);
        }
    }

    private decimal Post(Invoice invoice, Customer customer, ChargeMaker.Charge charge, DateTime at)
    {
        InvoiceLine line = new()
        {
            Id = _lines.Count + 1,
            InvoiceId = invoice.Id,
            Account = charge.Account,
            Service = charge.Service,
            Kind = "charge",
            PeriodStart = charge.PeriodStart,
            PeriodEnd = charge.PeriodEnd,
            PostedAt = at,
            Quantity = charge.Quantity,
            UnitPrice = charge.UnitPrice,
            Amount = charge.Amount,
            Tax = Money(charge.Amount * customer.Country.TaxRate),
            UpdatedAt = at,
            Caused = charge.Caused,
        };
        Add(line);
        new AfterSales(world, _agenda, line, customer.Country.TaxRate, NextLine, Touch)
            .Plan(world.DayOf(invoice.IssuedOn));
        return line.Amount + line.Tax;
    }

    private void SchedulePayment(Invoice invoice)
    {
        Rng rng = new(world.Seed, RandomStream.Payment, invoice.Id);
        int due = world.DayOf(invoice.DueOn);
        double manner = rng.Unit();
        int onTime = due - rng.Below(11);
        string method = rng.Chance(0.7) ? "bank transfer" : rng.Chance(0.5) ? "direct debit" : "card";
        decimal part = Money(invoice.Total * (decimal)rng.Between(0.4, 0.7));
        if (manner < 0.80)
        {
            _agenda.On(onTime, d => Pay(invoice, invoice.Total, method, d));
        }
        else if (manner < 0.92)
        {
            _agenda.On(due + rng.Between(1, 40), d => Pay(invoice, invoice.Total, method, d));
        }
        else if (manner < 0.98)
        {
            _agenda.On(onTime, d => Pay(invoice, part, method, d));
            _agenda.On(due + rng.Between(5, 50), d => Pay(invoice, invoice.Total - part, method, d));
        }

        _agenda.On(due + 1, d =>
        {
            if (invoice.Paid < invoice.Total)
            {
                SetStatus(invoice, "overdue", world.At(d, 3600));
            }
        });
    }

    private void Pay(Invoice invoice, decimal amount, string method, int day)
    {
        if (amount <= 0)
        {
            return;
        }

        Rng rng = new(world.Seed, RandomStream.Instant, -invoice.Id, day);
        DateTime at = world.At(day, rng.Between(30_000, 60_000));
        Payment payment = new(++_paymentId, invoice.Id, world.DateOf(day), amount, method, at);
        changes.Payments[payment.Id] = payment;
        invoice.Paid += amount;
        if (invoice.Paid >= invoice.Total)
        {
            SetStatus(invoice, "paid", at);
        }
    }

    private void SetStatus(Invoice invoice, string status, DateTime at)
    {
        invoice.Status = status;
        invoice.UpdatedAt = at;
        changes.Invoices[invoice.Id] = invoice;
    }

    private InvoiceLine NextLine(Func<long, InvoiceLine> make)
    {
        InvoiceLine line = make(_lines.Count + 1);
        Add(line);
        return line;
    }

    private void Add(InvoiceLine line)
    {
        _lines.Add(line);
        Touch(line);
    }

    private void Touch(InvoiceLine line) => changes.Lines[line.Id] = line;

    /// <summary>Rounds to cents, halves away from zero.</summary>
    public static decimal Money(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}

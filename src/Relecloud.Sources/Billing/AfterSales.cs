using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Billing;

/// <summary>What may still happen to a charge: a credit, a refund, a correction, a change of the line.</summary>
internal sealed class AfterSales(
    World world, Agenda agenda, InvoiceLine charge, decimal taxRate,
    Func<Func<long, InvoiceLine>, InvoiceLine> post, Action<InvoiceLine> touch)
{
    private const double CreditShare = 0.03;
    private const double RefundShare = 0.012;
    private const double CorrectionShare = 0.022;
    private const double ChangeShare = 0.008;
    private const double MoveShare = 0.15;
    private readonly List<InvoiceLine> _followers = [];

    /// <summary>Decides now and puts it on the agenda.</summary>
    public void Plan(int today)
    {
        // Not by the line's id: what becomes of a line does not depend on which others there are.
        int month = UsageLedger.MonthOf(DateOnly.FromDateTime(charge.PeriodEnd.AddDays(-1)));
        long key = ((long)charge.Account << 16) + charge.Service;
        Rng rng = new(world.Seed, RandomStream.AfterSales, key, charge.Caused ? -month : month);
        double credit = rng.Unit(), refund = rng.Unit(), correction = rng.Unit(), change = rng.Unit();
        decimal share = (decimal)rng.Between(0.05, 0.4);
        decimal signed = (decimal)rng.Between(-0.15, 0.15);
        int[] days = [rng.Between(8, 50), rng.Between(20, 80), rng.Between(5, 60), rng.Between(6, 60)];
        bool whole = rng.Chance(0.4);
        bool move = rng.Chance(MoveShare);
        if (charge.Amount <= 0)
        {
            return;
        }

        Consider(credit < CreditShare, today + days[0], d => Follow("credit", share, d));
        Consider(refund < RefundShare, today + days[1], d => Follow("refund", whole ? 1 : share, d));
        Consider(correction < CorrectionShare, today + days[2], d => Follow("correction", signed, d));
        Consider(change < ChangeShare, today + days[3], d => Change(move, 1 + signed, d));
    }

    private void Consider(bool happens, int day, Action<int> action)
    {
        if (happens)
        {
            agenda.On(PostingDay(day), action);
        }
    }

    // The back office posts twice a month, so that most days change nothing but the current month's use.
    private int PostingDay(int day)
    {
        while (world.DateOf(day).Day is not (12 or 25))
        {
            day++;
        }

        return day;
    }

    // Credits and refunds are positive amounts that reduce, so that their tax is negative; corrections have a sign.
    private void Follow(string kind, decimal share, int day)
    {
        decimal quantity = decimal.Round(charge.Quantity * share, 3, MidpointRounding.AwayFromZero);
        decimal amount = BillingOffice.Money(quantity * charge.UnitPrice);
        decimal tax = BillingOffice.Money(amount * taxRate);
        DateTime at = Moment(day);
        _followers.Add(post(id => new InvoiceLine
        {
            Id = id,
            InvoiceId = charge.InvoiceId,
            Account = charge.Account,
            Service = charge.Service,
            Kind = kind,
            PeriodStart = charge.PeriodStart,
            PeriodEnd = charge.PeriodEnd,
            PostedAt = at,
            Quantity = quantity,
            UnitPrice = charge.UnitPrice,
            Amount = amount,
            Tax = kind == "correction" ? tax : -tax,
            OriginalId = charge.Id,
            Caused = charge.Caused,
            UpdatedAt = at,
        }));
    }

    // The line itself: another quantity, or a period that was a month off.
    private void Change(bool move, decimal factor, int day)
    {
        DateTime at = Moment(day);
        if (move)
        {
            foreach (InvoiceLine line in _followers.Prepend(charge))
            {
                line.PeriodStart = line.PeriodStart.AddMonths(-1);
                line.PeriodEnd = line.PeriodEnd.AddMonths(-1);
                line.UpdatedAt = at;
                touch(line);
            }

            return;
        }

        charge.Quantity = decimal.Round(charge.Quantity * factor, 3, MidpointRounding.AwayFromZero);
        charge.Amount = BillingOffice.Money(charge.Quantity * charge.UnitPrice);
        charge.Tax = BillingOffice.Money(charge.Amount * taxRate);
        charge.UpdatedAt = at;
        touch(charge);
    }

    private DateTime Moment(int day)
    {
        Rng rng = new(world.Seed, RandomStream.Instant, charge.Id << 20, day);
        return world.At(day, rng.Between(30_000, 70_000));
    }
}

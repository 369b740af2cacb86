using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Billing;

/// <summary>Turns an account's use of a month into charges, not always as it was.</summary>
internal static class ChargeMaker
{
    private const double ForgottenShare = 0.015;
    private const double DeviatingShare = 0.04;
    private const double UnusedShare = 0.25;

    /// <summary>What is charged for a service.</summary>
    public sealed record Charge(
        int Account, int Service, DateTime PeriodStart, DateTime PeriodEnd, decimal Quantity,
        decimal UnitPrice, decimal Amount, bool Caused);

    /// <summary>
    /// What an account is charged for a month: for what it took up by itself, then for what recommendations caused.
    /// The former does not depend on the latter.
    /// </summary>
    public static IEnumerable<Charge> Make(World world, AccountHistory history, int month, UsageLedger usage) =>
    [
        .. Make(world, history, month, usage, caused: false),
        .. Make(world, history, month, usage, caused: true),
    ];

    private static IEnumerable<Charge> Make(
        World world, AccountHistory history, int month, UsageLedger usage, bool caused)
    {
        IReadOnlyDictionary<int, long> used = usage.Of(month, history.Account.Index, caused);
        RandomStream stream = caused ? RandomStream.CausedCharge : RandomStream.Charge;
        int first = world.DayOf(UsageLedger.FirstDay(month));
        int end = world.DayOf(UsageLedger.FirstDay(month + 1));
        foreach (Subscription one in (caused ? history.Caused : history.Subscriptions).OrderBy(s => s.Service))
        {
            if (one.StartDay >= end || (one.EndDay <= first && !used.ContainsKey(one.Service)))
            {
                continue;
            }

            Rng rng = new(world.Seed, stream, ((long)history.Account.Index << 16) + one.Service, month);
            Service service = world.Catalogue.Services[one.Service];
            decimal quantity = Quantity(ref rng, used.GetValueOrDefault(one.Service) / 1000m, service);
            if (quantity > 0)
            {
                yield return Price(world, history, one, quantity, first, end) with { Caused = caused };
            }
        }
    }

    // Some use is forgotten, some is billed as too much or too little, and some subscriptions cost without use.
    private static decimal Quantity(ref Rng rng, decimal used, Service service)
    {
        double how = rng.Unit();
        if (used == 0)
        {
            return how < UnusedShare ? 1 : 0;
        }

        decimal factor = how < ForgottenShare ? 0
            : how < ForgottenShare + DeviatingShare ? (decimal)rng.Between(0.9, 1.1)
            : 1;
        return decimal.Round(used * factor, service.Whole ? 0 : 3, MidpointRounding.AwayFromZero);
    }

    private static Charge Price(
        World world, AccountHistory history, Subscription one, decimal quantity, int first, int end)
    {
        Customer customer = history.Account.Customer;
        decimal list = world.Catalogue.Services[one.Service].UnitPrice;
        decimal price = decimal.Round(list * (1 - customer.Segment.Discount), 6, MidpointRounding.AwayFromZero);
        bool whole = one.StartDay < first;
        DateTime from = whole ? world.At(first, 0) : world.At(one.StartDay, one.StartSecond);
        int closed = history.ClosedDay is { } day && day + 1 < end ? day + 1 : end;
        return new Charge(
            history.Account.Index,
            one.Service,
            whole && customer.LocalPeriods ? from.AddHours(-2) : from,
            world.At(closed, 0),
            quantity,
            price,
            BillingOffice.Money(quantity * price),
            Caused: false);
    }
}

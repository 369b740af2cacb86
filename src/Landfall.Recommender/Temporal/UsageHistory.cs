using System.Collections.Immutable;

namespace Landfall.Recommender.Temporal;

/// <summary>
/// Who adopted which service when, and how often each service was used each day. It grows with accounts times their
/// services, not with events. Immutable; safe for concurrent use.
/// </summary>
public sealed record UsageHistory
{
    /// <summary>The first day; days are counted from it, from 0.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Days from the first to the last.</summary>
    public required int Days { get; init; }

    /// <summary>Services by number.</summary>
    public required ImmutableArray<string> Services { get; init; }

    /// <summary>Accounts by number.</summary>
    public required ImmutableArray<string> Accounts { get; init; }

    /// <summary>Number of the customer of each account.</summary>
    public required ImmutableArray<int> Customers { get; init; }

    /// <summary>First uses, by account and service, rising.</summary>
    public required ImmutableArray<FirstUse> FirstUses { get; init; }

    /// <summary>Accounts that used a service on a day: [service][day].</summary>
    public required ImmutableArray<ImmutableArray<long>> DailyUse { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly LastDay => FirstDay.AddDays(Days - 1);

    /// <summary>What accounts that were there before a day adopted in the days from it on.</summary>
    /// <param name="cutOff">The day, counted from the first.</param>
    /// <param name="horizon">Days.</param>
    public IReadOnlyDictionary<int, HashSet<int>> AdoptedFrom(int cutOff, int horizon)
    {
        HashSet<int> known = [.. FirstUses.Where(u => u.Day < cutOff).Select(u => u.Account)];
        return FirstUses
            .Where(u => u.Day >= cutOff && u.Day < cutOff + horizon && known.Contains(u.Account))
            .GroupBy(u => u.Account)
            .ToDictionary(g => g.Key, g => g.Select(u => u.Service).ToHashSet());
    }
}

using Relecloud.Sources.Billing;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Application;

/// <summary>
/// An application outside the platform: it asks for recommendations for each open account, shows them, and customers
/// react with a known chance. For customers held out it asks all the same, and shows nothing.
/// </summary>
internal sealed class OutsideApplication(World world, ApplicationSettings settings, IAdviser adviser)
{
    private readonly MonthlyModel _model = new(world, adviser);
    private readonly Agenda _agenda = new();
    private readonly List<Exposure> _exposures = [];
    private readonly List<Feedback> _feedback = [];
    private readonly SortedDictionary<int, bool> _customers = [];

    /// <summary>How it asks and how customers react.</summary>
    public ApplicationSettings Settings => settings;

    /// <summary>What was served on the day of the last <see cref="Work"/>.</summary>
    public IReadOnlyList<Exposure> Exposures => _exposures;

    /// <summary>What was reported on that day.</summary>
    public IReadOnlyList<Feedback> Feedback => _feedback;

    /// <summary>The customers it has asked for, by index, and whether each is held out.</summary>
    public IReadOnlyDictionary<int, bool> Customers => _customers;

    /// <summary>Services served so far, those to customers held out included.</summary>
    public long ExposuresSoFar { get; private set; }

    /// <summary>Services taken up so far for being recommended.</summary>
    public long AdoptionsSoFar { get; private set; }

    /// <summary>Works through a day that the world has lived through.</summary>
    public void Work(int day)
    {
        _exposures.Clear();
        _feedback.Clear();
        _agenda.Do(day);
        if (day < settings.FromDay)
        {
            return;
        }

        foreach (AccountHistory history in world.Histories)
        {
            bool open = history.ClosedDay is null && history.Account.OpenedDay <= day;
            if (open && (day + history.Account.Index) % settings.EveryDays == 0)
            {
                Ask(history, day);
            }
        }

        ExposuresSoFar += _exposures.Count;
    }

    private void Ask(AccountHistory history, int day)
    {
        IAdviser asked = _model.On(day);
        Rng rng = new(world.Seed, RandomStream.Request, history.Account.Index, day);
        string id = $"{rng.Next():x16}{rng.Next():x16}";
        DateTime servedAt = world.At(day, rng.Between(28_800, 64_800));
        Customer customer = history.Account.Customer;
        bool heldOut = _customers[customer.Index] = 
            asked.IsHeldOut(customer.Id, settings.Salt, settings.HoldoutShare);
        int[] inUse =
        [
            .. history.Subscriptions.Concat(history.Caused).Where(s => s.StartDay < day).Select(s => s.Service),
        ];
        Advice advice = asked.Advise(
            [.. inUse.Select(IdOf)],
            settings.ChanceByRank.Count,
            [.. world.Catalogue.Services.Where(s => s.LaunchDay > day).Select(s => s.Id)]);
        foreach (AdvisedService item in advice.Items)
        {
            Exposure exposure = new()
            {
                RecommendationId = id,
                Rank = item.Rank,
                ServedAt = servedAt,
                AccountId = history.Account.Id,
                CustomerId = customer.Id,
                ServiceId = item.Service,
                Score = Math.Round(item.Score, 6),
                Reason = item.Reason,
                ModelVersion = _model.Version,
                Deployment = "blue",
                Arm = heldOut ? "holdout" : "treated",
                Fallback = advice.Fallback,
            };
            _exposures.Add(exposure);
            if (!heldOut)
            {
                React(ref rng, history, day, inUse, exposure);
            }
        }
    }

    private void React(ref Rng rng, AccountHistory history, int day, int[] inUse, Exposure exposure)
    {
        Report(exposure, "shown", exposure.ServedAt.AddSeconds(rng.Between(1, 20)));
        int service = world.Catalogue.Services.Single(s => s.Id == exposure.ServiceId).Index;
        bool bundled = inUse.Any(s => world.Affinities.Together(s)[service] > 0);
        double chance = settings.ChanceByRank[exposure.Rank - 1] * (bundled ? settings.BundleFactor : 1);
        bool wants = rng.Chance(chance);
        int onDay = day + rng.Between(1, settings.LongestDelay);
        if (wants)
        {
            _agenda.On(onDay, d =>
            {
                if (history.Accept(service, d))
                {
                    AdoptionsSoFar++;
                    Report(exposure, "accepted", world.At(d, history.Caused[^1].StartSecond));
                }
            });
        }
        else if (rng.Chance(settings.DismissedShare))
        {
            Report(exposure, "dismissed", exposure.ServedAt.AddSeconds(rng.Between(30, 600)));
        }
    }

    private void Report(Exposure exposure, string kind, DateTime at) =>
        _feedback.Add(new Feedback(exposure.RecommendationId, exposure.ServiceId, kind, at));

    private string IdOf(int service) => world.Catalogue.Services[service].Id;
}

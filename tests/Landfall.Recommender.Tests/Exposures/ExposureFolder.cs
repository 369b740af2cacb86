using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Recommender.Exposures;
using Landfall.Testing.Delta;

namespace Landfall.Recommender.Tests.Exposures;

/// <summary>A folder with a log's segments and its tables.</summary>
internal sealed class ExposureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbLocalEngine _engine = new();

    public ExposureFolder() => Tables = new(
        Exposure, Feedback, _engine, new IdSource(TimeProvider.System, Random.Shared), TimeProvider.System);

    public string Segments => Path.Combine(_folder.Path, "segments");

    public string Exposure => Path.Combine(_folder.Path, "exposure");

    public string Feedback => Path.Combine(_folder.Path, "feedback");

    public ExposureTables Tables { get; }

    public ExposureLogOptions Options => new()
    {
        Folder = Segments,
        SyncPeriod = TimeSpan.FromMilliseconds(5),
        RetryPeriod = TimeSpan.FromMilliseconds(20),
        StopTimeout = TimeSpan.FromSeconds(10),
    };

    public Task<ExposureLog> OpenAsync(ExposureLogOptions? options = null) =>
        ExposureLog.OpenAsync(Tables, options ?? Options, CancellationToken.None);

    public static ServedRecommendation Served(int number, int items = 2) => new()
    {
        RecommendationId = $"{number:x32}",
        ServedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(number),
        AccountId = number % 3 == 0 ? null : $"account-{number}",
        CustomerId = number % 3 == 0 ? null : $"customer-{number / 2}",
        ModelVersion = 3,
        Deployment = "champion",
        Arm = number % 5 == 0 ? "holdout" : "treated",
        Fallback = number % 2 == 0,
        Items =
        [
            .. Enumerable.Range(0, items).Select(i => new ExposedService(
                $"service-{i}", 1.0 / (i + number + 1), i == 0 ? null : 0.25, i == 0 ? "vm é\n\"" : null)),
        ],
    };

    public static ImmutableArray<FeedbackEvent> FeedbackOf(int number) =>
        [new($"{number:x32}", "service-0", "shown", new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero))];

    /// <summary>How often each recommendation is in the table, by number.</summary>
    public async Task<IReadOnlyList<(int Number, int Rows)>> ServedRowsAsync() =>
    [
        .. (await StoredTableRows.ReadAsync(Exposure)).GroupBy(r => (string)r[0]!)
            .Select(g => (Convert.ToInt32(g.Key, 16), g.Count())).Order(),
    ];

    public void Dispose()
    {
        Tables.Dispose();
        _engine.Dispose();
        _folder.Dispose();
    }
}

namespace Landfall.Bench;

/// <summary>What a load did.</summary>
/// <param name="Rate">Requests a second that were answered.</param>
/// <param name="Answers">Answers of 200.</param>
/// <param name="Failures">Answers other than 200.</param>
/// <param name="P50">Median milliseconds from the time due to the answer.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Most">The longest.</param>
internal sealed record LoadResult(double Rate, int Answers, int Failures, double P50, double P99, double Most)
{
    public override string ToString() =>
        $"{Rate:N0} requests/s, p50 {P50:F1} ms, p99 {P99:F1} ms, longest {Most:F0} ms, {Failures} failures";
}

namespace Relecloud.Sources;

/// <summary>Which simulated company, and where its source systems are.</summary>
public sealed record SourcesOptions
{
    /// <summary>
    /// The folder of the files: <c>telemetry</c>, <c>cloud-accounts</c>, <c>truth.json</c>, <c>state.json</c>. Made
    /// when missing; one process at a time works in it.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>
    /// An Npgsql connection string for a superuser of the server that plays the on-premises one; database
    /// <c>billing</c> is made there. A secret.
    /// </summary>
    public required string SuperuserConnection { get; init; }

    /// <summary>The password that role <c>landfall_reader</c> gets. A secret.</summary>
    public required string ReaderPassword { get; init; }

    /// <summary>Size: 1 is 20 million events over the first 180 days, 5,000 accounts, 150 services. From 0.0001 to 10.
    /// </summary>
    public double Scale { get; init; } = 0.05;

    /// <summary>What all chance follows from: equal seed, scale and start give equal bytes.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The first simulated day; null means the one kept, at first 180 days before today.</summary>
    public DateOnly? Start { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append($"Folder = {Folder}, Scale = {Scale}, Seed = {Seed}, Start = {Start:yyyy-MM-dd}");
        return true;
    }
}

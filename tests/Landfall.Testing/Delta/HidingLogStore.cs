using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>
/// Shows a log without a kind of files: without checkpoints a snapshot is the replay of every commit, without checksums
/// nothing notices that a checkpoint lacks a part of the state.
/// </summary>
public sealed class HidingLogStore(ILogStore inner, string kind) : DelegatingLogStore(inner)
{
    public const string Checkpoints = "checkpoint";

    public const string Checksums = ".crc";

    public override async Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        [.. (await base.ListAsync(from, cancellationToken)).Where(n => !IsHidden(n))];

    public override Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        IsHidden(name) ? Task.FromResult<ReadOnlyMemory<byte>?>(null) : base.ReadAsync(name, cancellationToken);

    private bool IsHidden(string name) => name.Contains(kind, StringComparison.Ordinal);
}

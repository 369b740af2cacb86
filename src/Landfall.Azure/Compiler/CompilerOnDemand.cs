using System.Globalization;
using Landfall.Estate;

namespace Landfall.Azure.Compiler;

/// <summary>
/// A Bicep compiler that is started when it is first asked: where everything is known already, it need not run.
/// </summary>
/// <param name="path">The compiler's file.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class CompilerOnDemand(string path, TimeSpan patience) : IAsyncDisposable
{
    private BicepCompiler? _running;

    /// <summary>What tells this compiler from others, without starting it.</summary>
    public string Identity { get; } = new FileInfo(path) is { Exists: true } file
        ? string.Create(CultureInfo.InvariantCulture, $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        : path;

    /// <summary>The running compiler.</summary>
    /// <exception cref="LandfallException">LF5150 to LF5153.</exception>
    public async Task<BicepCompiler> GetAsync(CancellationToken cancellationToken) =>
        _running ??= await BicepCompiler.StartAsync(path, patience, cancellationToken);

    /// <summary>Ends it where it runs.</summary>
    public ValueTask DisposeAsync() => _running?.DisposeAsync() ?? ValueTask.CompletedTask;
}

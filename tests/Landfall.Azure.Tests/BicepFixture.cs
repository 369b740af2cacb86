using Landfall.Azure.Checking;
using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Tests;

[assembly: AssemblyFixture(typeof(BicepFixture))]

namespace Landfall.Azure.Tests;

/// <summary>One compiler for all tests; questions to it wait for each other.</summary>
public sealed class BicepFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CompilerOnDemand _compiler = new(CompilerPath, BicepCompiler.DefaultPatience);

    /// <summary>Path of the compiler that the tests download.</summary>
    public static string CompilerPath { get; } = BicepLocator.Find(null, Environment.GetEnvironmentVariable);

    public async ValueTask InitializeAsync() => _ = await _compiler.GetAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _compiler.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Asks the compiler.</summary>
    public async Task<T> WithCompilerAsync<T>(Func<BicepCompiler, Task<T>> ask)
    {
        await _gate.WaitAsync();
        try
        {
            return await ask(await _compiler.GetAsync(CancellationToken.None));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Evaluates by the compiler.</summary>
    public Task<T> WithEvaluatorAsync<T>(Func<DeploymentEvaluator, Task<T>> ask, string? cache = null) =>
        WithCompilerAsync(_ => ask(new(_compiler, cache is null ? null : new SnapshotCache(cache))));

    /// <summary>Checks a folder as <c>landfall azure check</c> does.</summary>
    public Task<CheckResult> CheckAsync(
        string folder, ForeignDefaults? defaults = null, string? cache = null, DateTimeOffset? now = null) =>
        WithEvaluatorAsync(
            e => new DeploymentChecker(e, now ?? Generation.EstateCopy.Now).CheckAsync(
                folder,
                DeploymentFolder.Read(folder, null, defaults ?? new ForeignDefaults()),
                null,
                CancellationToken.None),
            cache);

    /// <summary>What a deployment of a folder makes.</summary>
    public async Task<Snapshot> SnapshotAsync(string folder, string deployment, string? environment = null)
    {
        DeploymentTarget target = DeploymentFolder.Read(folder, environment, new ForeignDefaults())
            .SelectMany(s => s.Targets).First(t => t.Name == deployment);
        EvaluatedDeployment evaluated = await WithEvaluatorAsync(
            e => e.EvaluateAsync(folder, target, CancellationToken.None));
        Assert.True(evaluated.Snapshot is not null, evaluated.Failure ?? Text(evaluated));
        return evaluated.Snapshot;
    }

    private static string Text(EvaluatedDeployment evaluated) => string.Join(
        '\n',
        evaluated.Compilation.Diagnostics.Select(d => $"{d.Source}:{d.Range.Start.Line + 1}: {d.Message}"));
}

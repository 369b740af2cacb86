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
    private BicepCompiler? _compiler;

    /// <summary>Path of the compiler that the tests download.</summary>
    public static string CompilerPath { get; } = BicepLocator.Find(null, Environment.GetEnvironmentVariable);

    /// <summary>The compiler, for tests that hold the gate of <see cref="WithCompilerAsync{T}"/>.</summary>
    private BicepCompiler Compiler => _compiler!;

    public async ValueTask InitializeAsync() => _compiler = await BicepCompiler.StartAsync(
        CompilerPath, BicepCompiler.DefaultPatience, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Compiler.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Asks the compiler.</summary>
    public async Task<T> WithCompilerAsync<T>(Func<BicepCompiler, Task<T>> ask)
    {
        await _gate.WaitAsync();
        try
        {
            return await ask(Compiler);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Checks a folder as <c>landfall azure check</c> does.</summary>
    public Task<CheckResult> CheckAsync(string folder, ForeignDefaults? defaults = null, string? cache = null) =>
        WithCompilerAsync(c =>
        {
            DeploymentEvaluator evaluator = new(c, cache is null ? null : new SnapshotCache(cache));
            return new DeploymentChecker(evaluator).CheckAsync(
                folder,
                DeploymentFolder.Read(folder, null, defaults ?? new ForeignDefaults()),
                null,
                CancellationToken.None);
        });

    /// <summary>What a deployment of a folder makes.</summary>
    public async Task<Snapshot> SnapshotAsync(string folder, string deployment, string? environment = null)
    {
        DeploymentTarget target = DeploymentFolder.Read(folder, environment, new ForeignDefaults())
            .SelectMany(s => s.Targets).First(t => t.Name == deployment);
        EvaluatedDeployment evaluated = await WithCompilerAsync(
            c => new DeploymentEvaluator(c, null).EvaluateAsync(folder, target, CancellationToken.None));
        Assert.True(evaluated.Snapshot is not null, evaluated.Failure ?? Text(evaluated));
        return evaluated.Snapshot;
    }

    private static string Text(EvaluatedDeployment evaluated) => string.Join(
        '\n',
        evaluated.Compilation.Diagnostics.Select(d => $"{d.Source}:{d.Range.Start.Line + 1}: {d.Message}"));
}

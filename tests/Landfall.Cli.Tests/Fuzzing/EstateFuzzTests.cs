using System.Text;
using Landfall.Cli.Tests.Estates;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;

namespace Landfall.Cli.Tests.Fuzzing;

/// <summary>
/// Manifests, contracts and agreements with random changes: loading and analysing them ends, and in diagnostics only.
/// </summary>
public sealed class EstateFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words =
    [
        "no", "yes", "~", "null", "1e3", "0x10", "0o7", ".inf", "-1", "999999999999999999999999", "2026-02-30", "&a",
        "*a", "!!int", "!x", "<<", "<<: *a", "---", "...", "%YAML 9.9", "? ", "- ", ": ", "#", "|", ">", "{", "}", "[",
        "]", "'", "\"", "\t", "\u0000", "\uFEFF", "\u2028", "decimal(39,2)", "array", "object", "struct<", "map<",
        "../..", "/", "https://a..b:99999/", "/subscriptions/", "0.0.0.0/0", "azure", "@month(x)", "select", "_batch",
        "management", "é", "𝄞",
    ];

    [Theory]
    [InlineData("relecloud", 40)]
    [InlineData("small", 100)]
    public async Task Estate_WithRandomChanges_GivesDiagnosticsOnly(string which, int some)
    {
        int inputs = FuzzCount.Of(some);
        using SmallEstate home = EvolvingEstate.Create();
        if (which == "relecloud")
        {
            Directory.Delete(home.EstateFolder, recursive: true);
            EstateCopy.Whole(Path.Combine(RepositoryRoot.Folder, "estates", "relecloud"), home.EstateFolder);
        }

        using Validation validation = new();
        int refused = 0;
        IReadOnlyList<string> findings = await FuzzAsync(home, inputs, folder =>
        {
            refused += validation.HasErrors(folder) ? 1 : 0;
        });

        output.WriteLine($"{refused} of {inputs} refused");
        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.InRange(refused, inputs / 4, inputs - 1);
    }

    [Fact]
    public async Task Loader_ThatThrows_NegativeControl_IsFound()
    {
        using SmallEstate home = EvolvingEstate.Create();

        IReadOnlyList<string> findings = await FuzzAsync(home, 100, folder =>
        {
            if (EstateLoader.Load(folder, Kinds.OfManifests).Diagnostics.Any(d => d.Code == "LF1001"))
            {
                throw new FormatException("no YAML");
            }
        });

        Assert.Contains(findings, f => f.Contains("FormatException", StringComparison.Ordinal));
    }

    /// <summary>What was thrown, with the seed and the file of each.</summary>
    private async Task<IReadOnlyList<string>> FuzzAsync(SmallEstate home, int inputs, Action<string> load)
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        Random random = seed.Generator();
        TextMutator mutator = new(random, Words);
        string[] files = [.. Directory.GetFiles(home.EstateFolder, "*.yaml", SearchOption.AllDirectories).Order()];
        List<string> findings = [];
        for (int i = 0; i < inputs; i++)
        {
            string file = files[random.Next(files.Length)];
            byte[] before = await File.ReadAllBytesAsync(file);
            byte[] after = mutator.Mutate(Encoding.UTF8.GetString(before));
            await File.WriteAllBytesAsync(file, after);
            try
            {
                await Task.Run(() => load(home.EstateFolder)).WaitAsync(Patience);
            }
            catch (Exception e)
            {
                findings.Add($"{seed}, input {i}, {Path.GetFileName(file)}: {e}\n{Convert.ToBase64String(after)}");
            }

            await File.WriteAllBytesAsync(file, before);
        }

        return findings;
    }

    /// <summary>What <c>validate</c> does, with one engine that parses all SQL.</summary>
    private sealed class Validation : IDisposable
    {
        private readonly ILocalEngine _engine = BuildEngines.Local();

        public bool HasErrors(string folder)
        {
            EstateLoadResult loaded = EstateLoader.Load(folder, Kinds.OfManifests);
            if (loaded.Estate is { } estate)
            {
                return Analyse(estate).HasErrors;
            }

            try
            {
                _ = loaded.Readable is { } part ? Analyse(part) : null;
            }
            catch (Exception e) when (
                e is ArgumentException or InvalidOperationException or KeyNotFoundException or LandfallException)
            {
                // What is left of an estate with errors need not fit together; validate lets these pass, too.
            }

            return true;
        }

        public void Dispose() => _engine.Dispose();

        private EstateAnalysis Analyse(EstateDefinition estate) => EstateAnalysis.Of(
            _engine.Sql, BuildEngines.Names, ProductKinds.All, estate, new EstateCatalog(estate), Now);
    }
}

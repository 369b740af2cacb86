using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Lakes;

/// <summary>
/// A home whose lake has tables of a declared estate. Their data files hold no rows, only a name and a place on the
/// disk: what is tested here reads logs.
/// </summary>
internal sealed class SmallHome : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallHome(EstateDefinition estate) => Session = Open(estate);

    public static CancellationToken None => CancellationToken.None;

    public TestClock Clock { get; } = new();

    public EngineSession Session { get; private set; }

    public static TableName Name(string text) =>
        TableName.TryParse(text, out TableName name) ? name : throw new ArgumentException(text, nameof(text));

    /// <summary>Goes on with another estate over the same lake.</summary>
    public void Declare(EstateDefinition estate)
    {
        Session.Dispose();
        Session = Open(estate);
    }

    public CatalogTable Table(string name) => Session.Catalog.Get(Name(name));

    public string FolderOf(string name) => Session.Lake.TableFolder(Name(name), Table(name).Layer);

    public Task<Snapshot?> LoadAsync(string name) => Session.Open(Table(name)).TryLoadAsync(null, None);

    /// <summary>Adds files of three rows each, and makes the table under its contract where there is none.</summary>
    public Task<Snapshot> AppendAsync(string name, params string[] files) =>
        CommitAsync(name, t => Array.ForEach(files, f => t.Add(Add(name, f))));

    /// <summary>Makes a commit on the newest version of a table.</summary>
    public async Task<Snapshot> CommitAsync(string name, Action<Transaction> change, JsonObject? info = null)
    {
        Snapshot? current = await LoadAsync(name);
        Transaction transaction = Session.Open(Table(name)).Begin(current, "WRITE");
        if (Table(name).Contract is null)
        {
            if (current is null)
            {
                transaction.SetSchema(ContractSchema.Of(Table(name).Table), []);
            }
        }
        else if (current is null || info is not null)
        {
            RecordedContract.Declare(transaction, current, Table(name), []);
        }

        if (info is not null)
        {
            transaction.SetInfo("landfall", info);
        }

        change(transaction);
        return Assert.IsType<Committed>(await transaction.CommitAsync(None)).Snapshot;
    }

    /// <summary>A file of a table, which is on the disk from now on.</summary>
    public AddFile Add(string name, string file, string? statistics = """{"numRecords":3}""", bool dataChange = true)
    {
        Directory.CreateDirectory(FolderOf(name));
        File.WriteAllText(Path.Combine(FolderOf(name), file), "no rows");
        return new()
        {
            Path = file, Size = 7, ModificationTime = 1, DataChange = dataChange,
            Statistics = FileStatistics.Of(statistics),
        };
    }

    public void Dispose()
    {
        Session.Dispose();
        _folder.Dispose();
    }

    private EngineSession Open(EstateDefinition estate) => new(new EngineOptions
    {
        Estate = estate, Home = new LandfallHome(_folder.Path), Target = estate.Targets.Single(),
        Worker = WorkerBench.Command, Clock = Clock, Engines = ["duckdb"], Sources = [],
        Products = [new SqlProductKind()], Engine = new DuckDbLocalEngine(),
    });
}

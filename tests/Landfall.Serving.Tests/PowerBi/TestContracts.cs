using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Serving.PowerBi;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>Contracts that tests write projects of.</summary>
internal static class TestContracts
{
    public static SqlAddress Address { get; } = new("bi.test.example", 5433, "sales", "/etc/ca.crt");

    /// <summary>Two tables with a relationship, whose names and texts are given.</summary>
    /// <param name="names">The name of tables and columns.</param>
    /// <param name="texts">The title, descriptions, names of measures and a value that one compares with.</param>
    public static BiUnit Named(string names, string texts) => new("sales.unit", texts, names, new Contract
    {
        Id = "test",
        Version = "1.0.0",
        File = "contract.odcs.yaml",
        Freshness = null,
        Tables =
        [
            Table(names, texts, [Column(names, DataType.String) with { PrimaryKeyPosition = 1, Required = true }]),
            Table(
                names + " 2",
                texts,
                [
                    Column(names, DataType.String) with { Description = texts },
                    Column(names + " day", DataType.Date),
                    Column(names + " amount", DataType.Decimal(18, 2)),
                ])
                with
            {
                Relationships = [new([names], names, [names])],
                Measures =
                [
                    new()
                    {
                        Name = texts + " sum",
                        Description = texts,
                        Format = texts,
                        Aggregate = MeasureAggregate.Sum,
                        Column = names + " amount",
                        Where = [new(names, texts)],
                    },
                    new() { Name = texts + " count", Aggregate = MeasureAggregate.Count },
                    new() { Name = texts + " mean", Divide = [texts + " sum", texts + " count"] },
                ],
            },
        ],
    });

    public static ContractTable Table(string name, string description, params ContractColumn[] columns) => new()
    {
        Name = name, Description = description, Columns = [.. columns], Quality = [],
    };

    public static ContractColumn Column(string name, DataType type, string classification = "") => new()
    {
        Name = name,
        Type = type,
        Required = false,
        PrimaryKeyPosition = 0,
        Classification = classification,
        Description = "",
    };

    public static BiUnit Of(params ContractTable[] tables) => new("sales.unit", "Unit", "unit", new Contract
    {
        Id = "test", Version = "1.0.0", File = "contract.odcs.yaml", Freshness = null, Tables = [.. tables],
    });

    /// <summary>The files of the model by their names below <c>definition</c>.</summary>
    public static Dictionary<string, string> ModelFiles(BiUnit unit, StorageMode mode = StorageMode.Import)
    {
        const string Folder = ".SemanticModel/definition/";
        return PowerBiProject.Of(unit, Address, mode).Files
            .Where(f => f.Key.Contains(Folder, StringComparison.Ordinal))
            .ToDictionary(f => f.Key.Split(Folder)[1], f => f.Value);
    }
}

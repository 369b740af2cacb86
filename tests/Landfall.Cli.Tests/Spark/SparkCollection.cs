namespace Landfall.Cli.Tests.Spark;

/// <summary>Tests that share the server run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SparkCollection
{
    public const string Name = "Spark";
}

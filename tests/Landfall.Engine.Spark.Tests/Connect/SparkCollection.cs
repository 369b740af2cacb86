namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>Tests that share the server run one after the other: some of them stop it for a while.</summary>
[CollectionDefinition(Name)]
public sealed class SparkCollection : ICollectionFixture<SparkFixture>
{
    public const string Name = "Spark";
}

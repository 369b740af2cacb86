namespace Landfall.Cli.Tests.Serving;

/// <summary>Tests that read one estate, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ReadersCollection : ICollectionFixture<ReadersFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "readers";
}

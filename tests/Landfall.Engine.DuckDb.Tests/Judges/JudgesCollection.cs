namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Tests that share the judges, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class JudgesCollection : ICollectionFixture<JudgesFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "judges";
}

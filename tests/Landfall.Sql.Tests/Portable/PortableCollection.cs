namespace Landfall.Sql.Tests.Portable;

/// <summary>Tests that ask both engines, over the same tables.</summary>
[CollectionDefinition(Name)]
public sealed class PortableCollection : ICollectionFixture<PortableEngines>
{
    public const string Name = "Portable";
}

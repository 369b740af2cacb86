using Landfall.Delta;
using Landfall.Engine.Storage;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Log stores by name: the product's, and wrong ones that tests must notice.</summary>
internal static class Stores
{
    public static ILogStore Open(string name, string table) => name switch
    {
        "in-place" => new InPlaceLogStore(table),
        "rename" => new PosixLogStore(table, new RenamingCalls()),
        _ => new PosixLogStore(table),
    };
}

using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>The keys that integrations and products share.</summary>
internal sealed record UnitHead(string Title, string Owner, string Pool)
{
    /// <summary>Reads and checks them; remembers their places below the unit's key.</summary>
    public static UnitHead Read(Section section, string key, string folder)
    {
        section.Context.Mark(key, section.Location);
        string id = section.Id("id");
        UnitParts.CheckFolder(section, id, folder);
        UnitParts.CheckNotReserved(section, id);
        section.Context.Mark($"{key}/id", section.Place("id"));
        section.Context.Mark($"{key}/owner", section.Place("owner"));
        section.Context.Mark($"{key}/pool", section.Place("pool"));
        return new(section.Text("title"), section.Text("owner"), section.Text("pool"));
    }
}

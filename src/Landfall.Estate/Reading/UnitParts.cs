using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Estate.Reading;

/// <summary>What zones, integrations and products have in common.</summary>
public static class UnitParts
{
    /// <summary>Reports an id that differs from its folder.</summary>
    public static void CheckFolder(Section section, string id, string folder)
    {
        if (id.Length > 0 && id != folder)
        {
            section.Context.Diagnostics.Error(
                "LF1021", section.Place("id"), $"The id is '{id}' but the folder is '{folder}'.",
                "Give both the same name.");
        }
    }

    /// <summary>Reports an id that SQL cannot use as a name.</summary>
    public static void CheckNotReserved(Section section, string id)
    {
        if (id.Length > 0 && ReservedWords.ContainsScope(TableName.SqlName(id)))
        {
            section.Context.Diagnostics.Error(
                "LF1020", section.Place("id"), $"The id '{id}' is a reserved word of SQL.",
                $"Choose another, such as '{id}-data'.");
        }
    }

    /// <summary>Remembers where a named part stands; reports a second part of the same name.</summary>
    public static void MarkUnique(Section section, string prefix, string name, string key)
    {
        if (name.Length == 0)
        {
            return;
        }

        SourceLocation place = section.Place(key);
        if (section.Context.Places.TryGetValue(prefix + name, out SourceLocation first))
        {
            section.Context.Diagnostics.Error(
                "LF1022", place, $"The name '{name}' is taken on line {first.Line}.", "Choose another.");
        }
        else
        {
            section.Context.Mark(prefix + name, place);
        }
    }
}

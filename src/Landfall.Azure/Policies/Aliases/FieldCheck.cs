using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Types;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>Reports fields and aliases that no resource has. The first use loads the types of Azure.</summary>
internal static class FieldCheck
{
    /// <summary>Finds where aliases lead, by the types of Azure.</summary>
    public static AliasResolver Aliases { get; } = new(ResourceTypes.All);

    /// <summary>What is wrong with the fields of definitions.</summary>
    public static ImmutableArray<Diagnostic> Of(IEnumerable<PolicyDefinition> definitions)
    {
        DiagnosticBag found = new();
        foreach (PolicyDefinition definition in definitions)
        {
            foreach (PolicyUse use in definition.Fields.Distinct())
            {
                Check(definition.Head.Source.Place(use.Path), use.Field, found);
            }
        }

        return found.ToOrdered();
    }

    private static void Check(SourceLocation place, string field, DiagnosticBag found)
    {
        if (!FieldName.IsAlias(field))
        {
            if (FieldName.Parse(field) is null)
            {
                found.Error(
                    PolicyCodes.Field, place, $"There is no field {field}.", Spelling.Hint(field, FieldName.Known));
            }
        }
        else if (Aliases.TypeOf(field) is not { } type)
        {
            found.Warning(
                PolicyCodes.Field, place, $"The types of Azure have no resource with the alias {field}.",
                "Where the type is one that Azure retired, the policy binds nothing.");
        }
        else if (Aliases.Resolve(field, "") is null)
        {
            found.Error(
                PolicyCodes.Field, place, $"{type} has nothing that the alias {field} could mean.",
                Spelling.Closest(field, Aliases.Known(type)) is { } near ? $"Did you mean {near}?" : null);
        }
    }
}

using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A parameter of a definition or set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in small letters: <c>string</c>, <c>array</c>, <c>object</c>, <c>boolean</c>,
/// <c>integer</c>, <c>float</c> or <c>datetime</c>.</param>
/// <param name="Default">Its value where none is given; null where one must be.</param>
/// <param name="Allowed">The values that it may have; empty for any.</param>
internal sealed record PolicyParameter(
    string Name, string Type, PolicyValue? Default, ImmutableArray<PolicyValue> Allowed)
{
    /// <summary>The types, with an older word for one.</summary>
    public static readonly ImmutableArray<string> Types =
        ["string", "array", "object", "boolean", "integer", "float", "datetime", "int"];

    /// <summary>What is wrong with a value for it; null where nothing is.</summary>
    public string? Refuses(PolicyValue value)
    {
        if (value is PolicyValue.Unknown)
        {
            return null;
        }

        bool fits = (Type, value) switch
        {
            ("array", PolicyValue.List) or ("object", PolicyValue.Map) or ("boolean", PolicyValue.Flag) => true,
            ("integer" or "int", PolicyValue.Number number) => number.Value == decimal.Truncate(number.Value),
            ("float", PolicyValue.Number) or ("string", PolicyValue.Text) => true,
            ("datetime", PolicyValue.Text text) => Comparison.Date(text.Value) is not null,
            _ => false,
        };
        if (!fits)
        {
            return $"The value of the parameter {Name} is not of the type {Type}.";
        }

        IEnumerable<PolicyValue> parts = value is PolicyValue.List list ? list.Items : [value];
        return Allowed.IsEmpty || parts.All(p => Allowed.Any(a => Comparison.Exact(a, p) != Truth.False))
            || Allowed.Any(a => Comparison.Exact(a, value) != Truth.False)
            ? null
            : $"The value of the parameter {Name} is none of those that it may have.";
    }
}

using System.Collections.Immutable;

namespace Landfall.DuckDb;

/// <summary>A column's type with its parameters. Immutable; equality of nested lists is by reference.</summary>
public sealed record DuckDbType
{
    /// <summary>Which type this is.</summary>
    public required DuckDbTypeId Id { get; init; }

    /// <summary>A name that stands before the type, for example <c>JSON</c> on a VARCHAR; null without one.</summary>
    public string? Alias { get; init; }

    /// <summary>Decimal digits in all, 1 to 38; 0 unless a DECIMAL.</summary>
    public int Width { get; init; }

    /// <summary>Decimal digits after the point; 0 unless a DECIMAL.</summary>
    public int Scale { get; init; }

    /// <summary>Elements of each value of a fixed ARRAY; 0 otherwise.</summary>
    public int ArraySize { get; init; }

    /// <summary>The element of a LIST or ARRAY; of a MAP the struct of <c>key</c> and <c>value</c>.</summary>
    public DuckDbType? Element { get; init; }

    /// <summary>The fields of a STRUCT in order; empty otherwise.</summary>
    public ImmutableArray<DuckDbColumn> Fields { get; init; } = [];

    /// <summary>The labels of an ENUM in order; empty otherwise.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The type as SQL writes it, for example <c>DECIMAL(18,2)</c> or <c>STRUCT("a" INTEGER)[]</c>.</summary>
    public override string ToString() => Alias ?? Id switch
    {
        DuckDbTypeId.Decimal => $"DECIMAL({Width},{Scale})",
        DuckDbTypeId.List => $"{Element}[]",
        DuckDbTypeId.Array => $"{Element}[{ArraySize}]",
        DuckDbTypeId.Map => $"MAP({Element!.Fields[0].Type}, {Element.Fields[1].Type})",
        DuckDbTypeId.Struct => $"STRUCT({string.Join(", ", Fields.Select(f => $"{Quoted(f.Name, '"')} {f.Type}"))})",
        DuckDbTypeId.Enum => $"ENUM({string.Join(", ", Labels.Select(l => Quoted(l, '\'')))})",
        DuckDbTypeId.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDbTypeId.TimeTz => "TIME WITH TIME ZONE",
        DuckDbTypeId.TimestampS => "TIMESTAMP_S",
        DuckDbTypeId.TimestampMs => "TIMESTAMP_MS",
        DuckDbTypeId.TimestampNs => "TIMESTAMP_NS",
        DuckDbTypeId.TimeNs => "TIME_NS",
        DuckDbTypeId.SqlNull => "\"NULL\"",
        _ => Id.ToString().ToUpperInvariant(),
    };

    private static string Quoted(string text, char quote) =>
        $"{quote}{text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";
}

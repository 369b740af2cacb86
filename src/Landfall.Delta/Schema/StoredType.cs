using System.Collections.Immutable;

namespace Landfall.Delta.Schema;

/// <summary>A type as the protocol has it, of tables of any writer. Immutable.</summary>
/// <param name="Kind">Which type this is.</param>
public sealed record StoredType(StoredKind Kind)
{
    /// <summary>Decimal digits in all; 0 unless a decimal.</summary>
    public int Precision { get; init; }

    /// <summary>Decimal digits after the point; 0 unless a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The element of an array or the value of a map; null otherwise.</summary>
    public StoredType? Element { get; init; }

    /// <summary>The key of a map; null otherwise.</summary>
    public StoredType? Key { get; init; }

    /// <summary>The fields of a struct in order; empty otherwise.</summary>
    public ImmutableArray<StoredField> Fields { get; init; } = [];

    /// <summary>The name as the protocol writes it, for example <c>array&lt;decimal(18,2)&gt;</c>.</summary>
    public override string ToString() => Kind switch
    {
        StoredKind.Decimal => $"decimal({Precision},{Scale})",
        StoredKind.Array => $"array<{Element}>",
        StoredKind.Map => $"map<{Key},{Element}>",
        StoredKind.Struct => $"struct<{string.Join(",", Fields.Select(f => $"{f.Name}:{f.Type}"))}>",
        StoredKind.TimestampNtz => "timestamp_ntz",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Landfall.Estate.Types;

namespace Landfall.Estate.Contracts;

/// <summary>What one table promises.</summary>
public sealed record ContractTable
{
    /// <summary>The table's SQL name.</summary>
    public required string Name { get; init; }

    /// <summary>What the table is; empty when not said.</summary>
    public required string Description { get; init; }

    /// <summary>Columns in order.</summary>
    public required ImmutableArray<ContractColumn> Columns { get; init; }

    /// <summary>Quality rules of the table and its columns.</summary>
    public required ImmutableArray<QualityRule> Quality { get; init; }

    /// <summary>What its columns refer to in other tables of the contract.</summary>
    public ImmutableArray<ContractRelationship> Relationships { get; init; } = [];

    /// <summary>The numbers that reports show of it.</summary>
    public ImmutableArray<ContractMeasure> Measures { get; init; } = [];

    /// <summary>Names of the primary key's columns in key order; empty for no key.</summary>
    public ImmutableArray<string> PrimaryKey =>
        [.. Columns.Where(c => c.PrimaryKeyPosition > 0).OrderBy(c => c.PrimaryKeyPosition).Select(c => c.Name)];

    /// <summary>The primary key, where there is one, and each unique column: no two rows are alike in one.</summary>
    public ImmutableArray<ContractKey> Keys =>
    [
        .. PrimaryKey.IsEmpty ? Array.Empty<ContractKey>() : [new(PrimaryKey, IsPrimary: true)],
        .. Columns.Where(c => c.Unique).Select(c => new ContractKey([c.Name], IsPrimary: false)),
    ];

    /// <summary>The rules of quality that hold a whole table: those of the contract, and its keys.</summary>
    public ImmutableArray<QualityRule> Rules => [.. Quality, .. Keys.Select(k => k.ToRule())];

    /// <summary>
    /// A stable hash, 32 hexadecimal digits, of what makes a table's data what it is: names, types, required and
    /// unique columns and the primary key, in order. Descriptions, classifications, quality rules, relationships and
    /// measures leave it as it is.
    /// </summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (ContractColumn column in Columns)
        {
            // Names of struct fields are free text: length first, so that no two contracts give one text.
            _ = text.Append(column.Name).Append(' ');
            Append(text, column.Type);
            _ = text.Append(column.Required ? " required" : " optional");
            _ = text.Append(" key ").Append(column.PrimaryKeyPosition)
                .Append(column.Unique ? " unique\n" : "\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    private static void Append(StringBuilder text, DataType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Array:
                _ = text.Append("array<");
                Append(text, type.Element!);
                _ = text.Append('>');
                break;
            case TypeKind.Struct:
                _ = text.Append("struct<");
                foreach (StructField field in type.Fields)
                {
                    _ = text.Append(field.Name.Length).Append(':').Append(field.Name).Append(' ');
                    Append(text, field.Type);
                    _ = text.Append(field.Nullable ? "? " : "! ");
                }

                _ = text.Append('>');
                break;
            default:
                _ = text.Append(type);
                break;
        }
    }
}

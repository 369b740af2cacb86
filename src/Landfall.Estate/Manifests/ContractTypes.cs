using System.Collections.Immutable;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the type of an ODCS property.</summary>
internal static class ContractTypes
{
    private const string Scalars = "boolean, int, bigint, double, decimal(p,s), string, binary, date or timestamp";

    private static readonly ImmutableDictionary<string, string> _otherNames =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["bool"] = "boolean",
            ["bytea"] = "binary",
            ["blob"] = "binary",
            ["datetime"] = "timestamp",
            ["double precision"] = "double",
            ["float"] = "double",
            ["integer"] = "int",
            ["long"] = "bigint",
            ["number"] = "decimal(18,2)",
            ["numeric"] = "decimal(18,2)",
            ["decimal"] = "decimal(18,2)",
            ["real"] = "double",
            ["smallint"] = "int",
            ["text"] = "string",
            ["timestamp with time zone"] = "timestamp",
            ["timestamptz"] = "timestamp",
            ["varchar"] = "string",
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly ImmutableArray<string> _logical =
        ["array", "boolean", "date", "integer", "number", "object", "string", "timestamp"];

    /// <summary>The type; string (and a diagnostic) when it cannot be told.</summary>
    public static DataType Read(Section column, bool nestedTypes)
    {
        YamlScalar? physical = column.Scalar("physicalType", required: false);
        YamlScalar? logical = column.Scalar("logicalType", required: false);
        if (logical?.Text is "array" or "object")
        {
            return Nested(column, logical, nestedTypes);
        }

        if (physical is not null)
        {
            return Physical(column, physical, logical);
        }

        if (logical is null)
        {
            column.Context.Diagnostics.Error(
                "LF1061", column.Location, "The column has no type.", $"Add physicalType: {Scalars}.");
            return DataType.String;
        }

        return FromLogical(column, logical);
    }

    private static DataType Physical(Section column, YamlScalar physical, YamlScalar? logical)
    {
        if (!DataType.TryParse(physical.Text, out DataType type))
        {
            string bare = physical.Text.Split('(')[0].Trim();
            string? close = _otherNames.GetValueOrDefault(bare)
                ?? Spelling.Closest(
                    bare, ["boolean", "int", "bigint", "double", "string", "binary", "date", "timestamp"]);
            column.Context.Diagnostics.Error(
                "LF1061", physical.Location, $"The type '{physical.Text}' is not known.",
                close is null ? $"Write {Scalars}." : $"Did you mean '{close}'?");
        }
        else if (logical is not null && !Agree(logical.Text, type.Kind))
        {
            column.Context.Diagnostics.Error(
                "LF1062", logical.Location, $"The logical type '{logical.Text}' contradicts the type '{type}'.",
                "Change one of them.");
        }

        return type;
    }

    private static bool Agree(string logical, TypeKind kind) => logical switch
    {
        "boolean" => kind == TypeKind.Boolean,
        "date" => kind == TypeKind.Date,
        "timestamp" => kind == TypeKind.Timestamp,
        "integer" => kind is TypeKind.Int or TypeKind.BigInt,
        "number" => kind is TypeKind.Int or TypeKind.BigInt or TypeKind.Double or TypeKind.Decimal,
        _ => kind is TypeKind.String or TypeKind.Binary,
    };

    private static DataType FromLogical(Section column, YamlScalar logical)
    {
        DataType? type = logical.Text switch
        {
            "string" => DataType.String,
            "date" => DataType.Date,
            "timestamp" => DataType.Timestamp,
            "boolean" => DataType.Boolean,
            "integer" => DataType.BigInt,
            _ => null,
        };
        if (type is null)
        {
            bool number = logical.Text == "number";
            column.Context.Diagnostics.Error(
                "LF1061", logical.Location,
                number ? "A number needs a physicalType." : $"The logical type '{logical.Text}' is not known.",
                number ? "Add physicalType: double or decimal(18,2)." : Spelling.Hint(logical.Text, _logical));
        }

        return type ?? DataType.String;
    }

    private static DataType Nested(Section column, YamlScalar logical, bool nestedTypes)
    {
        if (!nestedTypes)
        {
            column.Context.Diagnostics.Error(
                "LF1063", logical.Location, $"A product's column has the type {logical.Text}.",
                "Only integrations have arrays and structs; a product gives each value a row or a column.");
        }

        if (logical.Text == "array")
        {
            Section? items = column.Nested("items", "The array's items");
            return DataType.Array(items is null ? DataType.String : Read(items, nestedTypes: true));
        }

        ImmutableArray<StructField>.Builder fields = ImmutableArray.CreateBuilder<StructField>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Section field in column.Sections("properties", "The field"))
        {
            string name = field.Text("name");
            if (!seen.Add(name) && name.Length > 0)
            {
                column.Context.Diagnostics.Error(
                    "LF1022", field.Place("name"), $"The struct has two fields '{name}'.", "Rename one.");
            }

            fields.Add(new(name, Read(field, nestedTypes: true), !field.Boolean("required", absent: false)));
        }

        return DataType.Struct(fields.ToImmutable());
    }
}

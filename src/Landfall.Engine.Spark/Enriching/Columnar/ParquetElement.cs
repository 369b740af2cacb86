using System.Globalization;
using System.Text;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>An element of the schema in a Parquet file's footer: a column, or a group of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Children">Elements of the group, which follow it.</param>
/// <param name="Type">
/// The type of a column as Spark names it where both engines read it the same; otherwise Parquet's words, in capitals.
/// </param>
internal sealed record ParquetElement(string Name, long Children, string Type)
{
    private const int Repeated = 2;
    private const int MostDigits = 38;
    private const int Decimal = 5;
    private const int Micros = 2;
    private const string Times = "TIMESTAMP";

    private static readonly string[] _physical =
        ["BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"];

    private static readonly string[] _annotations =
    [
        "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE", "TIME_MILLIS", "TIME_MICROS",
        "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8", "INT_16", "INT_32",
        "INT_64", "JSON", "BSON", "INTERVAL",
    ];

    private static readonly string[] _logical =
    [
        "", "STRING", "MAP", "LIST", "ENUM", "DECIMAL", "DATE", "TIME", Times, "INTERVAL", "INTEGER", "NULL", "JSON",
        "BSON", "UUID", "FLOAT16", "VARIANT", "GEOMETRY", "GEOGRAPHY",
    ];

    /// <summary>Reads an element.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static ParquetElement Read(ref CompactReader reader)
    {
        string name = "";
        string logical = "";
        (long physical, long annotation, long repetition, long children) = (-1, -1, 0, 0);
        (long scale, long precision) = (0, 0);
        int id = 0;
        while (reader.NextField(ref id, out int type))
        {
            switch (id)
            {
                case 1: physical = reader.Integer(); break;
                case 3: repetition = reader.Integer(); break;
                case 4: name = Encoding.UTF8.GetString(reader.Bytes()); break;
                case 5: children = reader.Integer(); break;
                case 6: annotation = reader.Integer(); break;
                case 7: scale = reader.Integer(); break;
                case 8: precision = reader.Integer(); break;
                case 10: logical = Logical(ref reader); break;
                default: reader.Skip(type); break;
            }
        }

        string stored = children > 0 || repetition == Repeated ? "GROUP" : Word(_physical, physical);
        return new(
            name, children,
            annotation == Decimal && stored is "INT32" or "INT64" or "BYTE_ARRAY" or "FIXED_LEN_BYTE_ARRAY"
                && precision is > 0 and <= MostDigits && scale >= 0 && scale <= precision
                ? string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})")
                : TypeOf(stored, annotation < 0 ? "" : Word(_annotations, annotation), logical));
    }

    /// <summary>
    /// Older annotations say of a time neither what zone it has nor that it has none, and the engines differ.
    /// </summary>
    private static string TypeOf(string stored, string annotation, string logical) =>
        (stored, annotation, logical) switch
        {
            ("BOOLEAN", "", "") => "boolean",
            ("INT32", "INT_8", _) => "tinyint",
            ("INT32", "INT_16", _) => "smallint",
            ("INT32", "", "") or ("INT32", "INT_32", _) => "int",
            ("INT64", "", "") or ("INT64", "INT_64", _) => "bigint",
            ("FLOAT", "", "") => "float",
            ("DOUBLE", "", "") => "double",
            ("INT32", "DATE", _) => "date",
            ("INT64", "TIMESTAMP_MICROS", "UTC") => "timestamp",
            ("INT64", "TIMESTAMP_MICROS", "LOCAL") => "timestamp_ntz",
            ("BYTE_ARRAY", "UTF8", _) => "string",
            ("BYTE_ARRAY", "", "") => "binary",
            _ => $"{stored} {(annotation.Length > 0 ? annotation : logical)}".TrimEnd(),
        };

    /// <summary>The newer annotation, which may stand beside the older; of times of microseconds what it says of them.
    /// </summary>
    private static string Logical(ref CompactReader reader)
    {
        string logical = "";
        int id = 0;
        while (reader.NextField(ref id, out int type))
        {
            logical = Word(_logical, id);
            if (logical == Times)
            {
                logical = Timestamp(ref reader);
            }
            else
            {
                reader.Skip(type);
            }
        }

        return logical;
    }

    private static string Timestamp(ref CompactReader reader)
    {
        string zone = "";
        bool micros = false;
        int id = 0;
        while (reader.NextField(ref id, out int type))
        {
            if (id == 1)
            {
                zone = type == CompactReader.True ? "UTC" : "LOCAL";
                continue;
            }

            int unit = 0;
            while (reader.NextField(ref unit, out int field))
            {
                reader.Skip(field);
                micros = unit == Micros;
            }
        }

        return micros ? zone : Times;
    }

    private static string Word(string[] words, long number) =>
        number >= 0 && number < words.Length ? words[number] : "UNKNOWN";
}

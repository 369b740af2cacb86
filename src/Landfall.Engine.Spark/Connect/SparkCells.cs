using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Types;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Values as they come from Spark, in the types of <see cref="SparkRows"/>.</summary>
internal static class SparkCells
{
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Reads cells of a column by their row.</summary>
    /// <exception cref="LandfallException">LF4338: its type, or a date or time, has no form here.</exception>
    public static Func<int, object?> Of(Field column, IArrowArray values) => values switch
    {
        NullArray => _ => null,
        BooleanArray a => i => a.GetValue(i),
        Int8Array a => i => (int?)a.GetValue(i),
        Int16Array a => i => (int?)a.GetValue(i),
        Int32Array a => i => a.GetValue(i),
        Int64Array a => i => a.GetValue(i),
        FloatArray a => i => (double?)a.GetValue(i),
        DoubleArray a => i => a.GetValue(i),
        Decimal128Array a => a.GetString,
        StringArray a => i => a.GetString(i),
        Date32Array a => i => a.GetValue(i) is { } days ? Day(column.Name, days) : null,
        TimestampArray a when ((TimestampType)column.DataType).Unit == TimeUnit.Microsecond =>
            i => a.GetValue(i) is { } micros ? Time(column.Name, micros) : null,
        BinaryArray a => i => a.IsNull(i) ? null : a.GetBytes(i).ToArray(),
        _ => throw NoForm($"the type of column {column.Name}, {column.DataType.Name}"),
    };

    /// <summary>Reads the values of observed metrics.</summary>
    /// <exception cref="LandfallException">LF4338: one has no form here.</exception>
    public static ImmutableSortedDictionary<string, object?> Of(ExecutePlanResponse.Types.ObservedMetrics metrics) =>
        metrics.Keys.Zip(metrics.Values, (name, value) => KeyValuePair.Create(name, Of(name, value)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static object? Of(string name, Expression.Types.Literal value) => value.LiteralTypeCase switch
    {
        Expression.Types.Literal.LiteralTypeOneofCase.Null => null,
        Expression.Types.Literal.LiteralTypeOneofCase.Binary => value.Binary.ToByteArray(),
        Expression.Types.Literal.LiteralTypeOneofCase.Boolean => value.Boolean,
        Expression.Types.Literal.LiteralTypeOneofCase.Byte => value.Byte,
        Expression.Types.Literal.LiteralTypeOneofCase.Short => value.Short,
        Expression.Types.Literal.LiteralTypeOneofCase.Integer => value.Integer,
        Expression.Types.Literal.LiteralTypeOneofCase.Long => value.Long,
        Expression.Types.Literal.LiteralTypeOneofCase.Float => (double)value.Float,
        Expression.Types.Literal.LiteralTypeOneofCase.Double => value.Double,
        Expression.Types.Literal.LiteralTypeOneofCase.Decimal => value.Decimal.Value,
        Expression.Types.Literal.LiteralTypeOneofCase.String => value.String,
        Expression.Types.Literal.LiteralTypeOneofCase.Date => Day(name, value.Date),
        Expression.Types.Literal.LiteralTypeOneofCase.Timestamp => Time(name, value.Timestamp),
        Expression.Types.Literal.LiteralTypeOneofCase.TimestampNtz => Time(name, value.TimestampNtz),
        _ => throw NoForm($"the type of the metric {name}"),
    };

    private static object Day(string name, int days) =>
        (long)days + Epoch is var number && number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : throw NoForm($"a date of {name}, which lies outside the years 1 to 9999,");

    private static object Time(string name, long micros) =>
        micros >= (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            && micros <= (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            ? DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond)
            : throw NoForm($"a time of {name}, which lies outside the years 1 to 9999,");

    private static LandfallException NoForm(string what) => new(
        SparkCodes.Result,
        $"A result of Spark cannot be read: {what} has no form here. Nothing was changed by reading. Cast it to text "
        + "in the statement.");
}

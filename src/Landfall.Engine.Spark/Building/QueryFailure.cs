using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Building;

/// <summary>Says where in a model, or at which column of its table, Spark failed a build.</summary>
/// <param name="query">The compiled model.</param>
/// <param name="schema">The columns that it is cast to.</param>
/// <param name="statement">What Spark was given, with the model in it.</param>
/// <param name="column">The column that the table is partitioned by; null for none.</param>
internal sealed partial class QueryFailure(EngineQuery query, TableSchema schema, string statement, string? column)
{
    private const string RaiseError = "raise_error('";
    private const string Kept = "Nothing was committed; the table is as it was.";

    /// <summary>Does something with the model.</summary>
    /// <exception cref="LandfallException">
    /// LF2037: the partition column has empty texts. LF4220: a time that no Delta table holds. LF4346: a value failed.
    /// </exception>
    public async Task<T> NamedAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SparkException failure)
        {
            throw Explain(failure) ?? failure;
        }
    }

    private LandfallException? Explain(SparkException failure)
    {
        if (failure.Message.Contains(WriteStatement.EmptyMark, StringComparison.Ordinal))
        {
            return new LandfallException(
                SqlCodes.EmptyIncrement,
                $"The incremental column {column} has empty texts, which a table partitioned by it cannot tell from "
                + $"null. {Kept} Say what they mean, in the SQL and in incremental.inputs alike: nullif({column}, '') "
                + $"or coalesce(nullif({column}, ''), 'none').");
        }

        if (schema.Fields.FirstOrDefault(f => Tells(failure.Message, WriteStatement.RangeMark + f.Name)) is { } beyond)
        {
            return new LandfallException(
                "LF4220",
                $"Column {beyond.Name} has a date or time outside the years 1 to 9999, which a Delta table cannot "
                + $"hold. {Kept} Filter such rows, or make them null in the SQL.");
        }

        return (Place(failure.Context) ?? PossiblePlaces(failure)) is { } place
            ? new LandfallException(
                SparkEngineCodes.Query,
                $"{place}: Spark failed with {failure.ErrorClass} (SQLSTATE {failure.SqlState}), whose text may quote "
                + $"rows and is not kept. {Kept} Look for the value that does not fit there, for example with "
                + "try_cast; widen the column in the contract, or what it is computed from with a cast in the SQL.",
                failure)
            : null;
    }

    /// <summary>Whether a message has a mark that ends there, and not in the middle of a longer name.</summary>
    private static bool Tells(string message, string mark)
    {
        int end = message.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return end >= mark.Length
            && (end == message.Length || !(char.IsLetterOrDigit(message[end]) || message[end] == '_'));
    }

    /// <summary>File, line and column in the model, or the column of the table whose cast failed; else null.</summary>
    private string? Place(SparkErrorContext? context)
    {
        if (context is null || context.Start < 0)
        {
            return null;
        }

        int index = context.Start - statement.IndexOf(query.Text, StringComparison.Ordinal);
        if (index < 0 || index >= query.Text.Length)
        {
            return FieldIn(context.Fragment) is { } guarded ? Cast(guarded) : null;
        }

        return query.Locate(index) is { } place
            ? place.ToString()
            : FieldIn(query.Text[index..query.Text.IndexOf('\n', index)]) is { } field ? Cast(field) : null;
    }

    /// <summary>
    /// The places that can have failed so, for the errors whose place Spark does not tell: casts to a smaller number
    /// and checks that the compiler wrote; null where there is none.
    /// </summary>
    private string? PossiblePlaces(SparkException failure)
    {
        string? cause = failure.ErrorClass switch
        {
            "CAST_OVERFLOW" when CastOverflow().Match(failure.Message) is { Success: true } cast =>
                $" as {cast.Groups["type"].Value.ToLowerInvariant()})",
            "USER_RAISED_EXCEPTION" => Checks().Matches(query.Text).Select(check => check.Value)
                .FirstOrDefault(c => failure.Message.Contains(c[RaiseError.Length..^2], StringComparison.Ordinal)),
            _ => null,
        };
        if (cause is null)
        {
            return null;
        }

        List<string> places = [];
        for (int at = query.Text.IndexOf(cause, StringComparison.Ordinal); at >= 0;
            at = query.Text.IndexOf(cause, at + 1, StringComparison.Ordinal))
        {
            if (query.Locate(at) is { } place && !places.Contains(place.ToString()))
            {
                places.Add(place.ToString());
            }
        }

        return places.Count < 2 ? places.FirstOrDefault() : $"One of {string.Join(", ", places)}";
    }

    /// <summary>The field whose name, between backticks, stands in a piece of the casts.</summary>
    private SchemaField? FieldIn(string piece) => schema.Fields.FirstOrDefault(
        f => piece.Contains(SqlName.Spark(f.Name), StringComparison.Ordinal));

    [GeneratedRegex("cannot be cast to \"(?<type>[A-Z]+)\"", RegexOptions.None, 1000)]
    private static partial Regex CastOverflow();

    [GeneratedRegex(@"raise_error\('[^']*'\)", RegexOptions.None, 1000)]
    private static partial Regex Checks();

    private static string Cast(SchemaField field) => $"The column {field.Name}, {field.Type}";
}

using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
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

        return (Place(failure.Context) ?? PossiblePlaces(failure) ?? ColumnOf(failure.Context)) is { } place
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

    /// <summary>The place in the model; null where the casts around it failed, or none is told.</summary>
    private string? Place(SparkErrorContext? context) =>
        IndexOf(context) is { } index ? query.Locate(index)?.ToString() : null;

    /// <summary>The column of the table whose cast failed; else null.</summary>
    private string? ColumnOf(SparkErrorContext? context)
    {
        string? casts = IndexOf(context) is { } index ? query.Text[index..].Split('\n')[0] : context?.Fragment;
        return casts is not null && schema.Fields.FirstOrDefault(
            f => casts.Contains(SqlName.Spark(f.Name), StringComparison.Ordinal)) is { } field
            ? $"The column {field.Name}, {field.Type}" : null;
    }

    /// <summary>Where the compiled model failed; null where what is around it did.</summary>
    private int? IndexOf(SparkErrorContext? context) =>
        context is { Start: >= 0 }
        && context.Start - statement.IndexOf(query.Text, StringComparison.Ordinal) is var index
        && index >= 0 && index < query.Text.Length ? index : null;

    /// <summary>
    /// The places that can have failed so, for errors whose place Spark does not always tell: divisions, casts to a
    /// smaller number and checks that the compiler wrote; null where there is none.
    /// </summary>
    private string? PossiblePlaces(SparkException failure)
    {
        string[] causes = failure.ErrorClass switch
        {
            "CAST_OVERFLOW" when CastOverflow().Match(failure.Message) is { Success: true } cast =>
                [$" as {cast.Groups["type"].Value.ToLowerInvariant()})"],
            "DIVIDE_BY_ZERO" => [" / ", " % ", " div "],
            "USER_RAISED_EXCEPTION" => [.. Checks().Matches(query.Text).Select(check => check.Value).Distinct()
                .Where(c => failure.Message.Contains(c[RaiseError.Length..^2], StringComparison.Ordinal))],
            _ => [],
        };
        string[] places = [.. causes.SelectMany(IndexesOf).Order().Select(query.Locate).OfType<SourceLocation>()
            .Select(l => l.ToString()).Distinct()];
        return places.Length < 2 ? places.FirstOrDefault() : $"One of {string.Join(", ", places)}";
    }

    private IEnumerable<int> IndexesOf(string text)
    {
        for (int at = query.Text.IndexOf(text, StringComparison.Ordinal); at >= 0;
            at = query.Text.IndexOf(text, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }

    [GeneratedRegex("cannot be cast to \"(?<type>[A-Z]+)\"", RegexOptions.None, 1000)]
    private static partial Regex CastOverflow();

    [GeneratedRegex(@"raise_error\('[^']*'\)", RegexOptions.None, 1000)]
    private static partial Regex Checks();
}

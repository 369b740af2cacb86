using Landfall.Estate;
using Npgsql;

namespace Landfall.Serving.Publishing;

/// <summary>What the server's refusals mean. Its details, which quote rows, are left out.</summary>
internal static class PublishFailure
{
    private const string State = "Nothing was published; what was published before stays.";

    /// <summary>Does work with the server and names what it refuses.</summary>
    /// <exception cref="LandfallException">LF4311 to LF4316.</exception>
    public static async Task<T> NameAsync<T>(string unit, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException problem)
        {
            throw Of(unit, problem);
        }
        catch (NpgsqlException problem)
        {
            throw Lost(unit, problem);
        }
    }

    /// <summary>An answer of the server.</summary>
    private static LandfallException Of(string unit, PostgresException problem)
    {
        string table = problem.TableName is { Length: > 0 } name ? $"{unit}.{name}" : unit;
        return problem.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => new(
                ServingCodes.KeyBroken,
                $"Rows of {table} repeat its key ({problem.ConstraintName}). {State} Check the table with: landfall "
                + $"verify {table}",
                problem),
            PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire => new(
                ServingCodes.Unfit,
                $"A text of {table} holds a character that PostgreSQL does not have, such as U+0000. {State} Have the "
                + "SQL or the contract keep it out, then run again.",
                problem),
            PostgresErrorCodes.InsufficientPrivilege => new(
                ServingCodes.NoRights,
                $"The publisher of {unit} may not do what a publication needs ({problem.MessageText}). {State} What "
                + "was taken from it by hand has to be given back.",
                problem),
            _ => new(
                ServingCodes.Refused,
                $"The server ended the publication of {table} (SQLSTATE {problem.SqlState}"
                + $"{(MayQuote(problem) ? "" : ": " + problem.MessageText)}). {State} {NextOf(problem)}",
                problem),
        };
    }

    /// <summary>The connection was lost.</summary>
    private static LandfallException Lost(string unit, NpgsqlException problem) => new(
        ServingCodes.Refused,
        $"The connection to the server was lost while {unit} was published. It has the version before or the new one, "
        + "whole; the next run finds out which. Run again.",
        problem);

    /// <summary>Errors of data (class 22 and 23) quote values.</summary>
    private static bool MayQuote(PostgresException problem) =>
        problem.SqlState.StartsWith("22", StringComparison.Ordinal)
        || problem.SqlState.StartsWith("23", StringComparison.Ordinal);

    private static string NextOf(PostgresException problem) => problem.SqlState switch
    {
        PostgresErrorCodes.DiskFull => "Free space where the server keeps its data, then run again.",
        PostgresErrorCodes.OutOfMemory => "Give the server more memory, then run again.",
        _ => "Run again.",
    };
}

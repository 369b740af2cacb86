using System.Text.Json.Nodes;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Another implementation of Delta Lake. Errors are <see cref="JudgeException"/>.</summary>
public interface IJudge
{
    /// <summary>Whose SQL it speaks.</summary>
    JudgeDialect Dialect { get; }

    /// <summary>Rows of a select over the table, which it calls <c>t</c>; at a version, else at the last.</summary>
    IReadOnlyList<JsonObject> Read(string table, long? version, string sql);

    /// <summary>Version, operation and milliseconds since 1970 of every version that it sees, ascending.</summary>
    IReadOnlyList<(long Version, string Operation, long Timestamp)> History(string table);

    /// <summary>Appends what a select over the table gives.</summary>
    void Append(string table, string sql);

    /// <summary>Deletes the rows of a predicate.</summary>
    void Delete(string table, string where);

    /// <summary>
    /// Merges by <c>id</c> what a select over the table gives: rows of it take the place of rows there, or come new.
    /// </summary>
    void Merge(string table, string sql);

    /// <summary>Joins small files.</summary>
    void Compact(string table);

    /// <summary>Writes a checkpoint.</summary>
    void Checkpoint(string table);

    /// <summary>Deletes what the last version does not name, however young.</summary>
    void Vacuum(string table);
}

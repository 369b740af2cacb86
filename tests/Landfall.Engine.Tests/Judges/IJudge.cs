using System.Text.Json.Nodes;

namespace Landfall.Engine.Tests.Judges;

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

    /// <summary>Merges: in the rows of a predicate <c>n</c> becomes 7.</summary>
    void Change(string table, string where);

    /// <summary>Joins small files.</summary>
    void Compact(string table);

    /// <summary>Writes a checkpoint.</summary>
    void Checkpoint(string table);

    /// <summary>Deletes what no version names.</summary>
    void Vacuum(string table);
}

namespace Landfall.Cli.Output;

/// <summary>Writes the rows of one result in one format.</summary>
internal interface IRowWriter
{
    /// <summary>Takes a row with a value for each column; null is SQL's NULL.</summary>
    void Write(IReadOnlyList<object?> row);

    /// <summary>Writes what is still held back; called once, after the last row.</summary>
    void End();
}

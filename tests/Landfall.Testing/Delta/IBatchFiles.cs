using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>The data files of a table that an oracle looks at.</summary>
public interface IBatchFiles
{
    /// <summary>What is wrong with a file, for example that it is missing; null where it is as the log says.</summary>
    string? Problem(AddFile file);

    /// <summary>The batches whose rows a version has.</summary>
    IReadOnlyList<BatchRows> Batches(Snapshot snapshot);

    /// <summary>The application that records a batch's number with its commit.</summary>
    string AppOf(long batch);
}

namespace Landfall.Engine.Running;

/// <summary>The events of runs, as the runs table names them.</summary>
internal static class RunEvents
{
    /// <summary>The first of a run: who runs it.</summary>
    public const string Started = "run-started";

    /// <summary>A worker of a step is about to use an engine outside of it, in a session of this name.</summary>
    public const string Session = "session";

    /// <summary>A step is about to commit.</summary>
    public const string Intent = "intent";

    /// <summary>A step committed.</summary>
    public const string Committed = "committed";

    /// <summary>A version of a product, or of an integration's tables, is published.</summary>
    public const string ProductVersion = "product-version";

    /// <summary>A step committed nothing and left parts of its source out.</summary>
    public const string LeftOut = "left-out";

    /// <summary>A step failed.</summary>
    public const string Failed = "failed";

    /// <summary>The last of a run that came to its end.</summary>
    public const string Finished = "run-finished";

    /// <summary>The last of a run whose process is gone, told by a later one.</summary>
    public const string Interrupted = "interrupted";
}

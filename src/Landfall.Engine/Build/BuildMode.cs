namespace Landfall.Engine.Build;

/// <summary>How a product's table is to be built.</summary>
public enum BuildMode
{
    /// <summary>Not at all: neither inputs nor code nor contract changed.</summary>
    UpToDate,

    /// <summary>Only the values of its incremental column that changed inputs touch.</summary>
    Incremental,

    /// <summary>Whole.</summary>
    Full,
}

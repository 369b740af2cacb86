namespace Landfall.Cli;

/// <summary>Diagnostic codes of the command line.</summary>
internal static class CliCodes
{
    /// <summary>A command about several tables that names none, or names some and wants all.</summary>
    public const string WhichTables = "LF4229";

    /// <summary>An option whose time, size or version is missing or not understood.</summary>
    public const string BadQuantity = "LF4230";

    /// <summary>No estate where one was looked for.</summary>
    public const string NoEstate = "LF4900";

    /// <summary>The estate has no such target.</summary>
    public const string UnknownTarget = "LF4901";

    /// <summary>A <c>--location</c> that is malformed, unknown or not there.</summary>
    public const string BadLocation = "LF4902";

    /// <summary>No run of that id.</summary>
    public const string UnknownRun = "LF4903";

    /// <summary>The estate declares no such table.</summary>
    public const string UnknownTable = "LF4904";

    /// <summary>The estate declares no product table of that name.</summary>
    public const string UnknownProductTable = "LF4905";

    /// <summary>The demo's source systems do not exist or were made with other settings.</summary>
    public const string DemoSources = "LF4907";

    /// <summary>A file or folder of the home cannot be read or written.</summary>
    public const string HomeUnusable = "LF4908";

    /// <summary>The estate has errors, so that nothing was planned or run.</summary>
    public const string EstateInvalid = "LF4909";

    /// <summary>A hyperparameter of a model or of its evaluation that is out of its range.</summary>
    public const string BadHyperparameter = "LF4910";

    /// <summary>A file given on the command line that is not there.</summary>
    public const string MissingFile = "LF4911";

    /// <summary>A version and a time asked for at once.</summary>
    public const string BadVersion = "LF4912";

    /// <summary>A column that the table's contract does not have.</summary>
    public const string UnknownColumn = "LF4913";

    /// <summary>A column that must have values.</summary>
    public const string RequiredColumn = "LF4914";

    /// <summary>Something else than a table and the number of one of its batches.</summary>
    public const string BadBatch = "LF4915";

    /// <summary>No agreement, product or time of that name for a share.</summary>
    public const string BadShare = "LF4916";

    /// <summary>No integration or product of that name, or several.</summary>
    public const string UnknownUnit = "LF4922";

    /// <summary>Something went wrong that the program has no better name for.</summary>
    public const string Unexpected = "LF4949";
}

namespace Landfall.Engine.Ingest;

/// <summary>The diagnostic codes of reading sources.</summary>
public static class IngestCodes
{
    /// <summary>A location has no folder or file.</summary>
    public const string NoLocation = "LF4260";

    /// <summary>Compressed files are truncated or damaged.</summary>
    public const string Damaged = "LF4261";

    /// <summary>A file changed while it was read.</summary>
    public const string Changed = "LF4262";

    /// <summary>A landed path has new content and the table says <c>onRewrite: fail</c>.</summary>
    public const string Rewritten = "LF4263";

    /// <summary>A source lacks a required column.</summary>
    public const string MissingColumn = "LF4264";

    /// <summary>More rows broke the contract than the threshold allows.</summary>
    public const string Threshold = "LF4265";

    /// <summary>A folder of a source cannot be read.</summary>
    public const string UnreadableFolder = "LF4266";

    /// <summary>Timestamps without offset, and the table names no zone.</summary>
    public const string NoTimeZone = "LF4267";

    /// <summary>A file's name does not tell its format.</summary>
    public const string UnknownFormat = "LF4268";

    /// <summary>A file cannot be read as its format.</summary>
    public const string Unreadable = "LF4269";

    /// <summary>A link that is not followed.</summary>
    public const string Link = "LF4275";

    /// <summary>A pipe, socket or device among the files.</summary>
    public const string NotAFile = "LF4276";

    /// <summary>A file name that is not UTF-8.</summary>
    public const string FileName = "LF4277";

    /// <summary>A source file that cannot be read.</summary>
    public const string UnreadableFile = "LF4278";

    /// <summary>A column that a source dropped whose known values would become null.</summary>
    public const string DroppedColumn = "LF4279";

    /// <summary>Rows that repeat a key, and the table says <c>onDuplicate: fail</c>.</summary>
    public const string Duplicates = "LF4280";

    /// <summary>The database does not accept the connection.</summary>
    public const string NoConnection = "LF4270";

    /// <summary>A relation or column is missing in the database.</summary>
    public const string NoRelation = "LF4271";

    /// <summary>The connection to the database was lost.</summary>
    public const string ReadFailed = "LF4272";

    /// <summary>A cursor column is of a type that does not grow.</summary>
    public const string CursorType = "LF4274";

    /// <summary>The database ended the read of a relation.</summary>
    public const string RelationUnread = "LF4281";

    /// <summary>A row of a database is too large.</summary>
    public const string RowTooLarge = "LF4282";

    /// <summary>Columns of a relation that raw cannot have.</summary>
    public const string UnfitColumns = "LF4283";

    /// <summary>The database does not prove who it is, or offers no encryption.</summary>
    public const string Tls = "LF4284";

    /// <summary>Rows of a database need more memory than the pool has.</summary>
    public const string RowsNeedMemory = "LF4285";
}

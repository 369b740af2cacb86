using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Contract types as DuckDB names them.</summary>
public static class DuckDbTypes
{
    /// <summary>The name for casts and table definitions, for example <c>DECIMAL(18,2)</c>.</summary>
    public static string Name(DataType type) => SqlTypes.Name(type, SqlDialect.DuckDb);
}

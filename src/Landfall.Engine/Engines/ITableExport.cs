using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>Reads tables inside a worker and writes them in a format that other systems load.</summary>
public interface ITableExport
{
    /// <summary>
    /// Writes rows as PostgreSQL's <c>COPY … (format binary)</c> reads them: the columns of the table's schema in
    /// order; boolean, int, bigint, double, decimal, string, binary, date and timestamp as boolean, integer, bigint,
    /// double precision, numeric, text, bytea, date and timestamptz; arrays and structs as jsonb.
    /// </summary>
    /// <param name="table">The files to read, and the columns.</param>
    /// <param name="target">Takes the bytes, header and trailer included; it is not closed.</param>
    /// <param name="context">The worker; it may read the table's folder.</param>
    /// <param name="rowsBefore">Rows of earlier tables, for progress.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Rows and bytes written.</returns>
    /// <exception cref="LandfallException">LF4312: a value has no form in PostgreSQL.</exception>
    ExportedRows WritePostgresBinary(
        PinnedTable table, Stream target, WorkerContext context, long rowsBefore, CancellationToken cancellationToken);
}

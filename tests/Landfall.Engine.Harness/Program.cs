using System.Globalization;
using Landfall.Engine.Harness;

// ingest TABLE BATCHES ROWS STORE    commits batches from where the table stands; prints "ACK n." after each
// race TABLE WRITER COMMITS STORE    commits against other writers; prints "ACK version number" after each
// STORE is safe, or names a store that is wrong on purpose: in-place, rename, ack-first
return args switch
{
    ["ingest", var table, var batches, var rows, var store] =>
        await Ingest.RunAsync(table, Number(batches), Number(rows), store),
    ["race", var table, var writer, var commits, var store] =>
        await Race.RunAsync(table, writer, Number(commits), store),
    _ => 2,
};

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

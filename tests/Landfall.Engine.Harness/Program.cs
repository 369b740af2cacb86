using System.Globalization;
using Landfall.Engine.Harness;

// ingest TABLE BATCHES ROWS STORE [N]  commits batches from where the table stands, a checkpoint every N versions;
//                                      prints "ACK n." after each, and "PHASE name." before each phase
// race TABLE WRITER COMMITS STORE [S]  commits against other writers, for S seconds at most; prints "ACK version
//                                      number" after each, and in the end how long the longest took
// scarce FOLDER KIND STORE             ingests into a small file system (KIND disk) or with a limit on the size of
//                                      files (KIND file), with ever more room; prints "step end violations" for each
// crowd FOLDER                         fills a small file system with files and starts a worker whose scratch folder is
//                                      there; prints the code of the failure
// sql FOLDER SEED N END                analyses N changed queries of an estate; prints the number of each before it and
//                                      what is wrong; END is whole, or dies, which ends the process midway
// parquet SEED N                       reads N changed Parquet files; prints the number of each before it, and what
//                                      became of it
// STORE is safe; or kill-at:K, which ends the process before its call K to the file system; or names a store or writer
// that is wrong on purpose: in-place, rename, ack-first, two-commits, slow, halves
return args switch
{
    ["ingest", var table, var batches, var rows, var store] =>
        await Ingest.RunAsync(table, Number(batches), Number(rows), store, 10),
    ["ingest", var table, var batches, var rows, var store, var interval] =>
        await Ingest.RunAsync(table, Number(batches), Number(rows), store, (int)Number(interval)),
    ["race", var table, var writer, var commits, var store] =>
        await Race.RunAsync(table, writer, Number(commits), store, long.MaxValue),
    ["race", var table, var writer, var commits, var store, var seconds] =>
        await Race.RunAsync(table, writer, Number(commits), store, Number(seconds)),
    ["crowd", var folder] => await Crowd.RunAsync(folder),
    ["scarce", var folder, var kind, var store] => await Scarcity.RunAsync(folder, kind, store),
    ["sql", var folder, var seed, var inputs, var end] =>
        SqlFuzz.Run(folder, (int)Number(seed), (int)Number(inputs), end == "dies"),
    ["parquet", var seed, var inputs] => await ParquetFuzz.RunAsync((int)Number(seed), (int)Number(inputs)),
    _ => 2,
};

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

using Landfall.Server.Harness;

// serve FOLDER MODE  serves an endpoint "cloud" of a tiny model with the exposure log and tables in a folder; prints
//                    "READY address key", runs until SIGTERM, commits and prints "DONE".
// MODE is safe, or lazy: a log that never syncs, which is wrong on purpose.
return args is ["serve", var folder, "safe" or "lazy"] ? await ServedFolder.RunAsync(folder, args[2] == "lazy") : 2;

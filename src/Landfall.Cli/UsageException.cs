using Landfall.Estate;

namespace Landfall.Cli;

/// <summary>The command line or the environment does not allow the command to run; ends with exit code 2.</summary>
internal sealed class UsageException(string code, string message) : LandfallException(code, message);

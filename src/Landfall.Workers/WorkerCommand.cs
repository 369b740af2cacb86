using System.Collections.Immutable;
using System.Reflection;

namespace Landfall.Workers;

/// <summary>The program that is started as a worker; it must call <see cref="WorkerHost"/>.</summary>
/// <param name="File">The executable file; absolute.</param>
/// <param name="Arguments">Its arguments. They are visible to everyone on the machine.</param>
public sealed record WorkerCommand(string File, ImmutableArray<string> Arguments)
{
    /// <summary>The argument by which a program knows that it is to be a worker.</summary>
    public const string Argument = "worker";

    /// <summary>This program, started again as a worker.</summary>
    /// <exception cref="InvalidOperationException">The system does not say which program this is.</exception>
    public static WorkerCommand Current()
    {
        string file = Environment.ProcessPath
            ?? throw new InvalidOperationException("The system does not say which program this is.");
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? new(file, [Assembly.GetEntryAssembly()!.Location, Argument])
            : new(file, [Argument]);
    }
}

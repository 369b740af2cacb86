using System.CommandLine;
using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Governance;
using Landfall.Posix;

namespace Landfall.Cli.Commands;

/// <summary>What the commands have in common that decide on an agreement.</summary>
internal static class AgreementChange
{
    /// <summary>The argument that names an agreement.</summary>
    public static Argument<string> Argument() => new("AGREEMENT")
    {
        Description = "An agreement's id, as share list shows it.",
    };

    /// <summary>The option that names who acts.</summary>
    public static Option<string> By() => new("--by")
    {
        Description = "The user who decides or asks, an id of the management zone.",
        HelpName = "USER",
        Required = true,
    };

    /// <summary>The option that says why.</summary>
    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why, for those who read the file later.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Finds an agreement that a user may decide on.</summary>
    /// <exception cref="UsageException">LF4916 where there is none.</exception>
    /// <exception cref="LandfallException">LF3008 where the user may not.</exception>
    public static Agreement Find(EstateDefinition estate, string id, string user)
    {
        ImmutableArray<Agreement> all = [.. estate.Zones.SelectMany(z => z.Agreements)];
        Agreement agreement = all.FirstOrDefault(a => a.Id == id) ?? throw new UsageException(
            CliCodes.BadShare,
            $"There is no agreement {id}. Nothing was changed. {Spelling.Hint(id, all.Select(a => a.Id))}");
        AgreementOwners.Require(estate, agreement, user);
        return agreement;
    }

    /// <summary>
    /// Writes a file of the estate; where that gives the estate an error, what was there before comes back.
    /// </summary>
    /// <exception cref="LandfallException">LF4909: the estate would have errors.</exception>
    public static void Write(CommandContext context, string file, string text)
    {
        string path = Path.Combine(context.EstateFolder(), file);
        string? before = File.Exists(path) ? File.ReadAllText(path) : null;
        Publish(path, text);
        EstateLoadResult result = EstateLoader.Load(context.EstateFolder(), Kinds.OfManifests);
        if (result.Estate is not null)
        {
            return;
        }

        if (before is null)
        {
            PosixCalls.Unlink(path);
        }
        else
        {
            Publish(path, before);
        }

        foreach (Diagnostic problem in result.Diagnostics)
        {
            context.Output.Report(problem);
        }

        throw new LandfallException(
            CliCodes.EstateInvalid, $"{file} would give the estate errors. It is as it was.");
    }

    private static void Publish(string path, string text)
    {
        PosixCalls.CreateFolder(Path.GetDirectoryName(path)!);
        string temporary = path + ".new";
        File.WriteAllText(temporary, text);
        DurableFiles.Publish(PosixStorageCalls.Instance, temporary, path);
    }
}

using System.CommandLine;
using Landfall.Azure;
using Landfall.Azure.Policies.Cases;
using Landfall.Azure.Policies.Definitions;
using Landfall.Cli.Output;
using Landfall.Estate.Diagnostics;

namespace Landfall.Cli.Commands;

/// <summary><c>policy test</c>: runs cases of policies.</summary>
internal sealed class PolicyTestCommand : LandfallCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files of cases. Default: those of the estate, in policies/tests of each zone.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _policies = PolicyEvaluateCommand.Policies();

    public PolicyTestCommand()
        : base(
            "test",
            "Run cases of policies: resources in YAML, with what a policy should mean for each. Exit code 1 where one "
            + "fails.",
            "policy test",
            "policy test cases/storage.yaml --policies policies",
            "policy test --format json")
    {
        Add(_files);
        Add(_policies);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? folder = context.Arguments.GetValue(_policies);
        PolicyLibrary library = PolicyTools.Read(context, folder);
        string[] given = context.Arguments.GetValue(_files) ?? [];
        (string Folder, string Path)[] files = given.Length > 0
            ? [.. given.Select(f => (Environment.CurrentDirectory, f))]
            : [.. OfEstate(context.EstateFolder())];
        if (files.Length == 0)
        {
            throw new UsageException(
                PolicyCodes.NoPolicies,
                "There are no cases. Write them into management/policies/tests/*.yaml, or name files.");
        }

        List<PolicyCaseResult> results = [];
        bool isReadable = true;
        foreach ((string root, string path) in files)
        {
            PolicyCases cases = PolicyCases.Read(root, path);
            foreach (Diagnostic diagnostic in cases.Diagnostics)
            {
                context.Output.Report(diagnostic);
            }

            isReadable &= cases.Diagnostics.IsEmpty;
            results.AddRange(cases.Run(library, context.Clock.GetUtcNow()));
        }

        Write(context, results);
        int failed = results.Count(r => r.Failure is not null);
        context.Output.WriteInfo(
            $"{Amount.Count(results.Count - failed)} passed, {Amount.Count(failed)} failed of "
            + $"{Amount.Count(results.Count, "case")} in {Amount.Count(files.Length, "file")}.");
        return Task.FromResult(
            failed == 0 && isReadable && !library.HasErrors ? ExitCodes.Success : ExitCodes.Failure);
    }

    private static IEnumerable<(string Folder, string Path)> OfEstate(string estate) => Directory
        .EnumerateDirectories(estate)
        .Select(zone => Path.Combine(zone, "policies", "tests"))
        .Where(Directory.Exists)
        .SelectMany(tests => Directory.EnumerateFiles(tests, "*.yaml"))
        .Select(f => Path.GetRelativePath(estate, f).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)
        .Select(f => (estate, f));

    private static void Write(CommandContext context, IEnumerable<PolicyCaseResult> results)
    {
        if (context.Output.Format == OutputFormat.Table)
        {
            foreach (PolicyCaseResult r in results)
            {
                context.Output.WriteText(r.Failure is null
                    ? $"{context.Output.DataInk.Green("passed")}  {r.Policy}: {r.Name}"
                    : $"{context.Output.DataInk.Red("failed")}  {r.Policy}: {r.Name}\n    {r.Place}: "
                        + $"{PolicyCodes.FailedCase}: {r.Failure}");
            }

            return;
        }

        IRowWriter rows = context.Output.Rows(
            new("outcome"), new("policy"), new("case"), new("file"), new("line", true), new("failure"));
        foreach (PolicyCaseResult r in results)
        {
            rows.Write([
                r.Failure is null ? "passed" : "failed", r.Policy, r.Name, r.Place.File, r.Place.Line, r.Failure,
            ]);
        }

        rows.End();
    }
}

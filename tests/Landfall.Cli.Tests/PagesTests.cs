using Landfall.Cli.Commands;

namespace Landfall.Cli.Tests;

/// <summary>What pages say about the command line is what the program takes.</summary>
public sealed class PagesTests
{
    public static TheoryData<string> Pages() => ["README.md", "CONTRIBUTING.md", "docs/commands.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_CommandLines_AreTaken(string page)
    {
        string[] lines = [.. CommandLines(File.ReadAllText(Path.Combine(Repository.Root, page)))];

        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.True(ShellLine.Parse(l).Errors.Count == 0, l));
    }

    [Fact]
    public void CommandsPage_Commands_AreAllThereAre()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/commands.md"));

        Assert.All(
            CommandList.All.Where(c => !c.Hidden),
            c => Assert.Contains("`" + c.Name, page, StringComparison.Ordinal));
    }

    [Fact]
    public void CommandLines_OfAPage_FindsWhatIsWrong() =>
        Assert.NotEmpty(ShellLine.Parse(CommandLines("```sh\n./landfall tidy --up\n```\n").Single()).Errors);

    private static IEnumerable<string> CommandLines(string page)
    {
        bool inShell = false;
        foreach (string line in page.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inShell = !inShell && line is "```sh" or "```console";
            }
            else if (inShell && line.TrimStart('$', ' ').StartsWith("./landfall", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }
}

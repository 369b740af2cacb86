using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Cli.Serving;
using Landfall.Estate;
using Landfall.Serving;
using Landfall.Serving.Connections;
using Landfall.Serving.PowerBi;

namespace Landfall.Cli.Commands;

/// <summary><c>bi connect</c>: how tools connect to a product, and a Power BI project on it.</summary>
internal sealed class BiConnectCommand : LandfallCommand
{
    private const int ListedMax = 5;

    private const string Import = "import";

    private const string DirectQuery = "directquery";

    private readonly Argument<string> _product = new("PRODUCT")
    {
        Description = "A product or integration: zone.unit, or its id alone where no other zone has it.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder that the project is written to; unless given, one of the product's title in the "
            + "current folder.",
        HelpName = "DIR",
    };

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "Where Power BI computes: in a copy that it refreshes, or in the database.",
        DefaultValueFactory = _ => Import,
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Replace a project's files though they were changed; the folder's other files stay.",
    };

    private readonly Option<string> _user = new("--user")
    {
        Description = "The user that the lines name.",
        HelpName = "USER",
        DefaultValueFactory = _ => "USER",
    };

    public BiConnectCommand()
        : base(
            "connect",
            "Print how psql, ODBC, JDBC, Power BI, Excel, Python and DuckDB connect to a product, and write a Power BI "
            + "project that opens on it.",
            "bi connect revenue-by-service",
            "bi connect operations.recommender-revenue --user ada@relecloud.example --out reports/recommender",
            "bi connect revenue-by-service --mode directquery --force",
            "bi connect revenue-by-service --format json")
    {
        _mode.AcceptOnlyFromAmong(Import, DirectQuery);
        Add(_product);
        Add(_out);
        Add(_mode);
        Add(_force);
        Add(_user);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        NamedUnit served = NamedUnit.Resolve(estate, context.Arguments.GetRequiredValue(_product));
        SqlAddress address = await new SqlServing(context, estate).AddressOfAsync(served.Zone, cancellationToken);
        string user = context.Arguments.GetRequiredValue(_user);
        PowerBiProject project = PowerBiProject.Of(
            served.Unit, address,
            context.Arguments.GetValue(_mode) == DirectQuery ? StorageMode.DirectQuery : StorageMode.Import);
        string folder = Path.TrimEndingDirectorySeparator(
            Path.GetFullPath(context.Arguments.GetValue(_out) ?? project.Name));
        Write(folder, project, context.Arguments.GetValue(_force));
        IReadOnlyList<ConnectionLine> lines = ConnectionLines.Of(
            address, user, served.Unit.Schema, served.Unit.Contract.Tables[0].Name);
        if (context.Output.Format == OutputFormat.Table)
        {
            Print(context.Output, lines, folder, project);
        }
        else
        {
            WriteRows(context.Output, lines, folder, project);
        }

        string next = context.Invocation($"user password {CommandContext.Quote(user)}");
        context.Output.WriteInfo(
            $"Who has no password yet gets one, and who has one a new one in its place, with: {next}");
        return ExitCodes.Success;
    }

    private static void Write(string folder, PowerBiProject project, bool force)
    {
        ProjectFolder written = new(folder);
        string[] others = force && !File.Exists(folder) ? [] : [.. written.Others().Take(ListedMax + 1)];
        if (others.Length > 0)
        {
            string more = others.Length > ListedMax ? ", …" : "";
            throw new UsageException(
                PowerBiCodes.FolderInUse,
                $"{folder} holds what is no unchanged project: {string.Join(", ", others.Take(ListedMax))}{more}. "
                + "Nothing was written. Name another folder with --out, or replace the project's files with --force.");
        }

        written.Write(project);
    }

    private static void Print(
        CliOutput output, IReadOnlyList<ConnectionLine> lines, string folder, PowerBiProject project)
    {
        foreach (ConnectionLine line in lines)
        {
            output.WriteText(output.DataInk.Bold(line.Tool));
            output.WriteText($"  {line.Text}");
            output.WriteText($"  {output.DataInk.Faint(line.Note)}");
            output.WriteText();
        }

        output.WriteText(output.DataInk.Bold($"Written to {folder}"));
        output.WriteText($"  {project.ProjectFile}: opens in Power BI Desktop, with model and first page");
        output.WriteText($"  {project.ConnectionFile}: begins a new report on the database");
        foreach (string phrase in project.LeftOut)
        {
            output.WriteText($"  The model has no {phrase}.");
        }
    }

    private static void WriteRows(
        CliOutput output, IReadOnlyList<ConnectionLine> lines, string folder, PowerBiProject project)
    {
        IRowWriter rows = output.Rows(new("kind"), new("name"), new("text"));
        foreach (ConnectionLine line in lines)
        {
            rows.Write(["connection", line.Tool, line.Text]);
        }

        rows.Write(["file", "project", Path.Combine(folder, project.ProjectFile)]);
        rows.Write(["file", "connection", Path.Combine(folder, project.ConnectionFile)]);
        foreach (string phrase in project.LeftOut)
        {
            rows.Write(["left out", phrase.Split(' ')[0], phrase]);
        }

        rows.End();
    }
}

using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Quality;
using Landfall.Engine.Spark.Reading;
using Landfall.Engine.Spark.Sessions;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Building;

/// <summary>
/// Computes a product's table: makes its inputs readable, finds the affected partitions, writes the data files and
/// checks the contract's rules.
/// </summary>
/// <param name="build">What is built.</param>
/// <param name="step">The open session.</param>
internal sealed class SparkTableBuilder(BuildRequest build, SparkStep step)
{
    private readonly TableSchema _schema = TableSchema.Parse(build.Schema);

    /// <summary>Builds the table.</summary>
    public async Task<BuildResult> BuildAsync(CancellationToken cancellationToken)
    {
        AffectedValues? affected = build.Incremental
            ? new(step.Session, step.Tables, _schema.Fields.Single(f => f.Name == build.Column))
            : null;
        ImmutableArray<string?> values =
            affected is null ? [] : await affected.FindAsync(build.Inputs, cancellationToken);
        Dictionary<TableName, string> relations = [];
        foreach (BuildInput input in build.Inputs)
        {
            string select = await step.Tables.SelectAsync(input.Table, cancellationToken);
            relations[input.Table.Name] = await step.Tables.ViewAsync(
                affected is not null && input.SparkExpression is { } expression
                    ? $"select * from ({select}) where {affected.Condition(affected.Value(expression), values)}"
                    : select,
                cancellationToken);
        }

        ImmutableArray<DataFile> files = await WriteAsync(relations, affected, values, cancellationToken);
        return new()
        {
            Files = files,
            Rows = files.Sum(f => f.Rows),
            Values = values,
            Quality = await CheckAsync(files, affected, values, cancellationToken),
            NullColumns = [.. build.Required.Where(c => files.Any(f => f.NullCount(c) > 0))],
        };
    }

    private async Task<ImmutableArray<DataFile>> WriteAsync(
        Dictionary<TableName, string> relations, AffectedValues? affected, ImmutableArray<string?> values,
        CancellationToken cancellationToken)
    {
        SparkQuery body = build.SparkQuery
            ?? throw new InvalidOperationException("A build on Spark has a query that is written for it.");
        EngineQuery query = SqlCompiler.Compile(body, _schema.Fields.Select(f => (f.Name, f.Type)), relations);
        string sql = affected is null
            ? query.Text
            : $"select * from ({query.Text}) where {affected.Condition(SparkSql.Name(build.Column!), values)}";
        QueryFailure failure = new(query, _schema, WriteStatement.Of(sql, _schema, build.Column), build.Column);
        return await failure.NamedAsync(() => step.Output.WriteAsync(
            sql, _schema, build.TableFolder, build.StepId, build.Column, cancellationToken));
    }

    /// <summary>Rules hold for the table as it would be after the commit: what stays and what is new.</summary>
    private async Task<ImmutableArray<QualityResult>> CheckAsync(
        ImmutableArray<DataFile> files, AffectedValues? affected, ImmutableArray<string?> values,
        CancellationToken cancellationToken)
    {
        if (build.Quality.Length == 0)
        {
            return [];
        }

        string whole = await step.Tables.SelectAsync(
            build.TableFolder, _schema, [.. files.Select(PinnedFile.Of)], cancellationToken);
        if (build.Existing is { } existing && affected is not null)
        {
            string stays = await step.Tables.SelectAsync(existing, cancellationToken);
            whole += $" union all select * from ({stays}) where not "
                + $"({affected.Condition(SparkSql.Name(build.Column!), values)})";
        }

        SparkQualityChecker checker = new(
            step.Session, await step.Tables.ViewAsync(whole, cancellationToken), _schema);
        return await checker.CheckAsync(build.Quality, cancellationToken);
    }
}

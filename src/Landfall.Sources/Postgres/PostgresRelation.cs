using System.Collections.Immutable;

namespace Landfall.Sources.Postgres;

/// <summary>A relation as the server has it.</summary>
/// <param name="Columns">Its columns in order.</param>
/// <param name="HidesRows">Whether row level security decides which rows the user sees.</param>
internal sealed record PostgresRelation(ImmutableArray<PostgresColumn> Columns, bool HidesRows);

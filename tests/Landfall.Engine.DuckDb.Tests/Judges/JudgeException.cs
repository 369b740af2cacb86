namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A judge refused a table or a statement.</summary>
public sealed class JudgeException(string judge, string message, string asked)
    : Exception($"{judge}: {message}\nwhen asked: {asked}");

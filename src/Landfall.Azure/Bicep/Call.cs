namespace Landfall.Azure.Bicep;

/// <summary>A call of a function, which is written over several lines where one is too short.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Call(string Function, params IReadOnlyList<object> Arguments);

namespace Landfall.Server.Http.Contracts;

/// <summary>Why a request was refused (RFC 9457).</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">What is wrong and what would be right; without what the request held.</param>
/// <param name="Code">A stable code.</param>
internal sealed record ProblemBody(string Title, int Status, string Detail, string Code);

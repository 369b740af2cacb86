namespace Landfall.Server.Http.Contracts;

/// <summary>Why an inference request was refused, as the Open Inference Protocol has it.</summary>
/// <param name="Error">What is wrong and what would be right.</param>
/// <param name="Code">A stable code.</param>
internal sealed record InferenceProblem(string Error, string Code);

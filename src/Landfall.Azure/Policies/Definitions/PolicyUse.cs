namespace Landfall.Azure.Policies.Definitions;

/// <summary>A field that a definition names.</summary>
/// <param name="Field">The field's name or alias.</param>
/// <param name="Path">Where it stands.</param>
internal readonly record struct PolicyUse(string Field, string Path);

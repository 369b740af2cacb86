namespace Landfall.Server.Models;

/// <summary>Which model answers.</summary>
/// <param name="Name">The model's name, as its product has it.</param>
/// <param name="Version">Its number in the registry, from 1.</param>
/// <param name="Sha256">The SHA-256 of its package in lower-case hexadecimal.</param>
/// <param name="TrainedThrough">The last day of the data it was trained on.</param>
public sealed record ModelIdentity(string Name, int Version, string Sha256, DateOnly TrainedThrough);

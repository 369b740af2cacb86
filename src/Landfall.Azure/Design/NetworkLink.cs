namespace Landfall.Azure.Design;

/// <summary>Two landing zones whose networks are peered, in order of id.</summary>
internal sealed record NetworkLink(ZoneDesign First, ZoneDesign Second);

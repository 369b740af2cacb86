namespace Landfall.Recommender.Definitions;

/// <summary>How a model is measured: on what accounts adopted after each of several cut-offs.</summary>
/// <param name="CutOffs">Cut-offs, each a horizon after the one before; the last horizon ends with the data.</param>
/// <param name="HorizonDays">Days after a cut-off in which adoptions count.</param>
/// <param name="Top">Length of lists.</param>
public sealed record ModelEvaluation(int CutOffs, int HorizonDays, int Top);

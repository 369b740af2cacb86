using Landfall.DuckDb;

namespace Landfall.Recommender.Exposures;

/// <summary>Recommendations as rows of the table of exposures, one a service, in the columns' order.</summary>
/// <param name="recommendations">What was served.</param>
internal sealed class ExposureRows(IReadOnlyList<ServedRecommendation> recommendations) : IRowSource
{
    private int _recommendation;
    private int _item;

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int row = 0;
        while (row < chunk.Capacity && _recommendation < recommendations.Count)
        {
            ServedRecommendation served = recommendations[_recommendation];
            if (_item == served.Items.Length)
            {
                _recommendation++;
                _item = 0;
                continue;
            }

            Set(chunk, row++, served, _item++);
        }

        return row;
    }

    private static void Set(RowChunk chunk, int row, ServedRecommendation served, int rank)
    {
        ExposedService item = served.Items[rank];
        chunk[0].Set(row, served.RecommendationId);
        chunk[1].Set(row, rank + 1);
        chunk[2].Set(row, served.ServedAt);
        SetText(chunk[3], row, served.AccountId);
        SetText(chunk[4], row, served.CustomerId);
        chunk[5].Set(row, item.ServiceId);
        chunk[6].Set(row, item.Score);
        if (item.Probability is { } probability)
        {
            chunk[7].Set(row, probability);
        }
        else
        {
            chunk[7].SetNull(row);
        }

        SetText(chunk[8], row, item.Reason);
        chunk[9].Set(row, served.ModelVersion);
        chunk[10].Set(row, served.Deployment);
        chunk[11].Set(row, served.Arm);
        chunk[12].Set(row, served.Fallback);
    }

    private static void SetText(VectorWriter column, int row, string? text)
    {
        if (text is null)
        {
            column.SetNull(row);
        }
        else
        {
            column.Set(row, text);
        }
    }
}

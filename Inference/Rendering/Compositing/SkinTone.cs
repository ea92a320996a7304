using System.Numerics;
using LipSync.Basics;
using LipSync.Media;

namespace LipSync.Rendering.Compositing;

/// <summary>The colour of a face's skin beside the mouth and on the cheeks.</summary>
internal static class SkinTone
{
    /// <summary>Half a place's side in eye distances.</summary>
    private const float Reach = 0.03f;

    /// <summary>Mesh points on plain skin.</summary>
    public static ReadOnlySpan<int> AboutMouth => [50, 280, 205, 425, 207, 427, 199];

    public static ReadOnlySpan<int> LeftCheek => [50, 205, 207, 187];

    public static ReadOnlySpan<int> RightCheek => [280, 425, 427, 411];

    /// <summary>The mean colour of some places.</summary>
    public static YuvColour Of(YuvFrame frame, ReadOnlySpan<Vector3> mesh, float scale, ReadOnlySpan<int> places)
    {
        var reach = Math.Max(1, (int)(Reach * scale));
        var (y, u, v, count) = (0L, 0L, 0L, 0L);
        foreach (var place in places)
        {
            var (centreX, centreY) = ((int)mesh[place].X, (int)mesh[place].Y);
            for (var row = Math.Max(0, centreY - reach); row <= Math.Min(frame.Height - 1, centreY + reach); row++)
            {
                for (var column = Math.Max(0, centreX - reach); column <= Math.Min(frame.Width - 1, centreX + reach); column++)
                {
                    var chroma = row / 2 * (frame.Width / 2) + column / 2;
                    y += frame.Y[row * frame.Width + column];
                    u += frame.U[chroma];
                    v += frame.V[chroma];
                    count++;
                }
            }
        }

        return count == 0 ? new YuvColour(128, 128, 128) : new YuvColour((float)y / count, (float)u / count, (float)v / count);
    }

    /// <summary>
    /// Standard deviation of the luma's noise: the median over places of the mean absolute response to a mask that knows no planes
    /// and no slopes (J. Immerkær, Fast noise variance estimation, 1996).
    /// </summary>
    public static float Grain(YuvFrame frame, ReadOnlySpan<Vector3> mesh, float scale)
    {
        var reach = Math.Max(3, (int)(Reach * scale));
        var width = frame.Width;
        var luma = frame.Y;
        var levels = new List<float>();
        foreach (var place in AboutMouth)
        {
            var (centreX, centreY) = ((int)mesh[place].X, (int)mesh[place].Y);
            if (centreX <= reach || centreY <= reach || centreX >= width - reach - 1 || centreY >= frame.Height - reach - 1)
            {
                continue;
            }

            var (sum, count) = (0, 0);
            for (var row = centreY - reach; row <= centreY + reach; row++)
            {
                for (var i = row * width + centreX - reach; i <= row * width + centreX + reach; i++)
                {
                    sum += Math.Abs(
                        luma[i - width - 1] - 2 * luma[i - width] + luma[i - width + 1]
                        - 2 * luma[i - 1] + 4 * luma[i] - 2 * luma[i + 1]
                        + luma[i + width - 1] - 2 * luma[i + width] + luma[i + width + 1]);
                    count++;
                }
            }

            levels.Add(MathF.Sqrt(MathF.PI / 2) / 6 * sum / count);
        }

        return Quantile.UpperMedian(levels);
    }
}

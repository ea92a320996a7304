using System.Numerics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using OpenCvSharp;

namespace LipSync.Rendering.Exemplars;

/// <summary>A source frame whose mouth may be shown elsewhere, with what the choice needs to know of it.</summary>
/// <param name="Said">What was heard at it.</param>
/// <param name="Area">Where in the frame its picture was cut; even on all sides.</param>
/// <param name="Picture">The cut as packed yuv420p.</param>
internal sealed record Exemplar(
    int SourceFrame, SourceFace Face, Vector2[] Lips, Appearance Appearance, SaidMouth Said, Rect Area, byte[] Picture)
{
    /// <summary>The points by which mouths are compared: both lip contours, canonical.</summary>
    public static int[] LipPoints { get; } =
        [.. FaceLandmarks.InnerOutline, .. FaceLandmarks.OuterOutline];
}

using LipSync.Faces;
using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Inspection;

/// <summary>Pictures of faces for people to choose from: upright squares with some of their surroundings. Not thread-safe.</summary>
internal sealed class FacePicture : IDisposable
{
    /// <summary>The square's side in sides of the face's box, which reaches from the brows to under the chin.</summary>
    private const float Margin = 1.5f;

    private const int JpegQuality = 88;

    private readonly FaceCrop crop = new(SurveyedFace.PictureSide);

    /// <summary>Writes a JPEG of the head in this frame. The square is moved into the picture where it would reach over its edge.</summary>
    public async Task Write(YuvFrame frame, FaceBox head, string path, CancellationToken cancellationToken)
    {
        var side = MathF.Min(Margin * head.Size, Math.Min(frame.Width, frame.Height));
        var square = new FaceBox(Within(head.X, side, frame.Width), Within(head.Y, side, frame.Height), side, Angle: 0);
        using var picture = crop.CutPicture(frame, square);
        Cv2.ImEncode(".jpg", picture, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }

    public void Dispose() => crop.Dispose();

    // Pixel centres are at integers: the picture reaches from -0.5 to length - 0.5.
    private static float Within(float centre, float side, int length) =>
        Math.Clamp(centre, (side - 1) / 2, length - 1 - ((side - 1) / 2));
}

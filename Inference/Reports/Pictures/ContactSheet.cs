using System.Globalization;
using LipSync.Faces;
using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Reports.Pictures;

/// <summary>How a picture of the sheet is marked.</summary>
internal enum SheetMark { None, Closed, NotClosed, Unsure, Untouched }

/// <summary>
/// The finished video's mouths at a glance: pictures with their time, the opening planned and the opening seen, and a coloured frame
/// where there is something to look at. Not thread-safe.
/// </summary>
internal sealed class ContactSheet : IDisposable
{
    /// <summary>Pictures of a sheet.</summary>
    public const int Pictures = 24;

    private const int Columns = 6;
    private const int Side = 232;
    private const int Gap = 10;
    private const int CaptionHeight = 42;
    private const int HeadHeight = 44;

    /// <summary>The face's box reaches from the brows to under the chin; the picture shows this share of it, about the mouth.</summary>
    private const float ShareOfBox = 0.54f;
    private const float BelowCentre = 0.2f;

    private static readonly Scalar Ground = Rgb(0xFF, 0xFF, 0xFF);
    private static readonly Scalar Ink = Rgb(0x22, 0x2B, 0x35);
    private static readonly Scalar Track = Rgb(0xE6, 0xEA, 0xEE);
    private static readonly Scalar Planned = Rgb(0x4A, 0x6F, 0xA5);
    private static readonly Scalar Seen = Rgb(0xE0, 0x7B, 0x1F);

    private readonly FaceCrop crop = new(Side);
    private readonly List<(int Frame, Mat Picture)> pictures = [];

    /// <summary>Keeps the mouth region of a frame.</summary>
    /// <param name="face">The face's box.</param>
    public void Take(int frame, YuvFrame picture, FaceBox face)
    {
        var (sin, cos) = MathF.SinCos(face.Angle);
        var down = BelowCentre * face.Size;
        var mouth = new FaceBox(face.X - (sin * down), face.Y + (cos * down), ShareOfBox * face.Size, face.Angle);
        pictures.Add((frame, crop.CutPicture(picture, mouth)));
    }

    /// <summary>Writes the sheet as a PNG.</summary>
    /// <param name="openings">The planned and the seen opening of a frame as shares of the speaker's range; NaN where there is none.</param>
    public async Task Write(
        string path, int fps, Func<int, (float Planned, float Seen)> openings, Func<int, SheetMark> marks, CancellationToken cancellationToken)
    {
        var rows = Math.Max(1, (pictures.Count + Columns - 1) / Columns);
        using var sheet = new Mat(
            HeadHeight + (rows * (Side + CaptionHeight + Gap)) + Gap, (Columns * (Side + Gap)) + Gap, MatType.CV_8UC3, Ground);
        DrawLegend(sheet);
        for (var i = 0; i < pictures.Count; i++)
        {
            var (frame, picture) = pictures[i];
            var corner = new Point(Gap + (i % Columns * (Side + Gap)), HeadHeight + (i / Columns * (Side + CaptionHeight + Gap)));
            using (var place = new Mat(sheet, new Rect(corner, picture.Size())))
            {
                picture.CopyTo(place);
            }

            if (ColourOf(marks(frame)) is { } colour)
            {
                Cv2.Rectangle(sheet, new Rect(corner.X - 2, corner.Y - 2, Side + 4, Side + 4), colour, 4, LineTypes.AntiAlias);
            }

            DrawCaption(sheet, corner + new Point(0, Side), Clock((double)frame / fps), openings(frame));
        }

        Cv2.ImEncode(".png", sheet, out var bytes);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }

    public void Dispose()
    {
        crop.Dispose();
        pictures.ForEach(entry => entry.Picture.Dispose());
    }

    private static void DrawCaption(Mat sheet, Point corner, string time, (float Planned, float Seen) opening)
    {
        Write(sheet, time, corner + new Point(2, 24));
        DrawBar(sheet, new Rect(corner.X + 84, corner.Y + 9, Side - 84, 8), opening.Planned, Planned);
        DrawBar(sheet, new Rect(corner.X + 84, corner.Y + 21, Side - 84, 8), opening.Seen, Seen);
    }

    private static void DrawBar(Mat sheet, Rect bar, float share, Scalar colour)
    {
        Cv2.Rectangle(sheet, bar, Track, -1);
        if (!float.IsNaN(share))
        {
            Cv2.Rectangle(sheet, bar with { Width = Math.Max(2, (int)(Math.Clamp(share, 0, 1) * bar.Width)) }, colour, -1);
        }
    }

    private static void DrawLegend(Mat sheet)
    {
        var x = Gap;
        foreach (var (text, colour, filled) in new[]
        {
            ("opening planned", Planned, true), ("opening seen", Seen, true), ("lips pressed: closed", ColourOf(SheetMark.Closed)!.Value, false),
            ("not closed", ColourOf(SheetMark.NotClosed)!.Value, false), ("unsure", ColourOf(SheetMark.Unsure)!.Value, false),
            ("source shown", ColourOf(SheetMark.Untouched)!.Value, false),
        })
        {
            Cv2.Rectangle(sheet, new Rect(x, 15, 16, 12), colour, filled ? -1 : 3);
            Write(sheet, text, new Point(x + 24, 26));
            x += 24 + Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, 0.5, 1, out _).Width + 30;
        }
    }

    private static void Write(Mat sheet, string text, Point at) =>
        Cv2.PutText(sheet, text, at, HersheyFonts.HersheySimplex, 0.5, Ink, 1, LineTypes.AntiAlias);

    private static Scalar? ColourOf(SheetMark mark) => mark switch
    {
        SheetMark.Closed => Rgb(0x2E, 0x9E, 0x5B),
        SheetMark.NotClosed => Rgb(0xD0, 0x3A, 0x3A),
        SheetMark.Unsure => Rgb(0xE3, 0xB3, 0x1C),
        SheetMark.Untouched => Rgb(0x9A, 0xA5, 0xB1),
        _ => null,
    };

    private static Scalar Rgb(byte red, byte green, byte blue) => new(blue, green, red);

    private static string Clock(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{seconds % 60:00.00}");
}

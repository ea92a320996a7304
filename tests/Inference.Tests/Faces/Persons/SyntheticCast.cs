using LipSync.Faces.Tracking;
using LipSync.Media;
using LipSync.Rendering;

namespace LipSync.Faces.Persons;

/// <summary>Face tracks of synthetic heads, whose faces tell persons apart by their shading and colour.</summary>
internal sealed class SyntheticCast : IDisposable
{
    public static readonly NormalVideo Info = new(1000, 500, 25, 200);

    private readonly TemporaryFolder folder = new();

    /// <param name="shots">Each becomes a track.</param>
    /// <param name="cuts">First frames of scenes.</param>
    public SyntheticCast(IEnumerable<Shot> shots, params int[] cuts)
    {
        using (var writer = new FaceTracksWriter(folder.File("faces")))
        {
            foreach (var cut in cuts)
            {
                writer.Cut(cut);
            }

            foreach (var shot in shots)
            {
                Write(writer, shot);
            }

            writer.Finish(minFrames: 1);
        }

        Tracks = FaceTracks.Open(folder.File("faces"));
    }

    public FaceTracks Tracks { get; }

    public void Dispose()
    {
        Tracks.Dispose();
        folder.Dispose();
    }

    private static void Write(FaceTracksWriter writer, Shot shot)
    {
        var thumbnail = new byte[FaceThumbnail.Bytes];
        new Random(shot.Person).NextBytes(thumbnail);
        var chroma = thumbnail.AsSpan(FaceThumbnail.Width * FaceThumbnail.Height);
        chroma.Fill((byte)(110 + 4 * shot.Person));
        for (var row = 0; row < FaceThumbnail.Height; row++)
        {
            thumbnail.AsSpan(row * FaceThumbnail.Width + FaceThumbnail.Width / 2, FaceThumbnail.Width / 2).Fill(100);
        }

        var track = writer.AddTrack();
        for (var frame = shot.First; frame < shot.End; frame++)
        {
            var face = SyntheticFace.Canonical(shot.Opening?.Invoke(frame) ?? 0.01f);
            writer.Write(track, frame, SyntheticFace.InPicture(face, SyntheticFace.Pose(shot.Scale, shot.X, 200)), thumbnail);
        }
    }
}

/// <param name="Person">Who is seen.</param>
/// <param name="X">Where in the picture, of 1,000.</param>
internal sealed record Shot(int Person, int First, int End, float X = 500, float Scale = 100, Func<int, float>? Opening = null);

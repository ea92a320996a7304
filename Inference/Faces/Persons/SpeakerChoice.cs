using System.Globalization;
using System.Numerics;
using LipSync.Speech;

namespace LipSync.Faces.Persons;

/// <summary>Finds the person whom a <see cref="FaceChoice"/> means.</summary>
internal static class SpeakerChoice
{
    /// <summary>A face that is not seen at the moment asked for may be so within these seconds.</summary>
    private const double Patience = 0.5;

    /// <param name="own">What the source itself says; null where it says nothing.</param>
    /// <returns>Null where the video shows nobody.</returns>
    /// <exception cref="MediaRefusedException">The choice means nobody.</exception>
    public static Speaker? Choose(FaceChoice choice, FaceTracks tracks, NormalVideo info, MouthTrack? own, CancellationToken cancellationToken) =>
        Choose(choice, Cast.Of(tracks, cancellationToken), tracks, info, own, cancellationToken) is { } person ? new(person.Tracks) : null;

    /// <summary>The same where it is known who is in the video.</summary>
    public static Person? Choose(
        FaceChoice choice, IReadOnlyList<Person> cast, FaceTracks tracks, NormalVideo info, MouthTrack? own, CancellationToken cancellationToken)
    {
        if (cast.Count == 0)
        {
            return null;
        }

        return choice switch
        {
            FaceChoice.Track(var id) => PersonOf(id, cast, tracks),
            FaceChoice.At at => PersonOf(TrackAt(at, tracks, info), cast, tracks),
            _ when choice == FaceChoice.Auto && own is not null => SpeechEvidence.Talker(cast, tracks, own, info.Fps, cancellationToken) ?? cast[0],
            _ => cast[0],
        };
    }

    private static Person PersonOf(int id, IReadOnlyList<Person> cast, FaceTracks tracks) =>
        cast.FirstOrDefault(person => person.Tracks.Any(track => track.Id == id)) ?? throw NoFaceFound(tracks.Tracks.Count == 1
            ? $"The video has no face with the id {id}; its only face has the id 0."
            : $"The video has no face with the id {id}; its faces have the ids 0 to {tracks.Tracks.Count - 1}.");

    private static int TrackAt(FaceChoice.At at, FaceTracks tracks, NormalVideo info)
    {
        var asked = (int)Math.Clamp(Math.Round(at.Seconds * info.Fps), 0, info.Frames - 1);
        for (var distance = 0; distance <= Patience * info.Fps; distance++)
        {
            foreach (var frame in (ReadOnlySpan<int>)[asked + distance, asked - distance])
            {
                if (FacesIn(frame, tracks, info).Where(face => face.Holds(at)).OrderBy(face => face.DistanceTo(at)).Select(face => face.Track).FirstOrDefault() is { } track)
                {
                    return track.Id;
                }
            }
        }

        var seen = FacesIn(asked, tracks, info);
        if (seen.Count > 0)
        {
            var places = string.Join(" and ", seen.Select(face => Numbers($"{face.Middle.X:0.00}, {face.Middle.Y:0.00}")));
            throw NoFaceFound(Numbers($"At {at.Seconds:0.##} s no face is at {at.X:0.##}, {at.Y:0.##} of the picture's width and height; then there is one at {places}."));
        }

        var nearest = tracks.Tracks.MinBy(track => Math.Max(track.FirstFrame - asked, asked - track.LastFrame))!;
        var (first, last) = ((double)nearest.FirstFrame / info.Fps, (double)nearest.LastFrame / info.Fps);
        throw NoFaceFound(Numbers($"At {at.Seconds:0.##} s no face is seen; the nearest in time is seen from {first:0.0} s to {last:0.0} s."));
    }

    private static List<SeenFace> FacesIn(int frame, FaceTracks tracks, NormalVideo info)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        var faces = new List<SeenFace>();
        foreach (var track in tracks.Tracks)
        {
            if (tracks.TryRead(track, frame, mesh))
            {
                var (low, high) = FaceTracksFormat.Bounds(mesh);
                var size = new Vector2(info.Width, info.Height);
                faces.Add(new(track, low.AsVector2() / size, high.AsVector2() / size));
            }
        }

        return faces;
    }

    private static string Numbers(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static MediaRefusedException NoFaceFound(string sentence) => new("no_face_found", sentence);

    /// <summary>A face's mesh within the picture, in shares of its sides.</summary>
    private readonly record struct SeenFace(FaceTrack Track, Vector2 Low, Vector2 High)
    {
        /// <summary>The mesh ends at the brows and the chin; people point at heads.</summary>
        private const float Generosity = 0.25f;

        public Vector2 Middle => (Low + High) / 2;

        public bool Holds(FaceChoice.At at)
        {
            var margin = Generosity * (High - Low);
            return at.X >= Low.X - margin.X && at.X <= High.X + margin.X && at.Y >= Low.Y - margin.Y && at.Y <= High.Y + margin.Y;
        }

        public float DistanceTo(FaceChoice.At at) => Vector2.Distance(Middle, new((float)at.X, (float)at.Y));
    }
}

using System.Globalization;
using System.Numerics;
using LipSync.Faces;
using LipSync.Faces.Persons;
using LipSync.Faces.Tracking;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Speech;

namespace LipSync.Inspection;

/// <summary>Looks through the face tracks of a normal video: where each face is seen best, and who would speak.</summary>
internal sealed class FaceSurveyor(FaceSurveyRequest request, FaceTracks tracks, IReadOnlyList<Person> cast)
{
    /// <param name="own">What the source itself says; null where it says nothing, or only one person could say it.</param>
    public async Task<FaceSurvey> Run(MouthTrack? own, CancellationToken cancellationToken)
    {
        var (speaker, whyNobody) = Choose(own, cancellationToken);
        var fit = new bool[request.Info.Frames];
        var looks = new Dictionary<int, BestLook>();
        for (var number = 0; number < cast.Count; number++)
        {
            foreach (var track in cast[number].Tracks)
            {
                looks[track.Id] = Look(track, cast[number], cast[number] == speaker ? fit : null, cancellationToken);
            }
        }

        if (speaker is not null && !Array.Exists(fit, frame => frame))
        {
            (speaker, whyNobody) = (null, LipSyncPipeline.NoFaceFound().Message);
        }

        var shown = request.Map is { } map ? Enumerable.Range(0, map.OutputFrames).Count(frame => fit[map.SourceOf(frame)]) : 0;
        return new(await Pictures(looks, cancellationToken), speaker is null ? null : TrackOf(speaker), whyNobody, shown);
    }

    private (Person? Speaker, string? WhyNobody) Choose(MouthTrack? own, CancellationToken cancellationToken)
    {
        try
        {
            return SpeakerChoice.Choose(request.Face, cast, tracks, request.Info, own, cancellationToken) is { } person
                ? (person, null)
                : (null, LipSyncPipeline.NoFaceFound().Message);
        }
        catch (MediaRefusedException nobody)
        {
            return (null, nobody.Message);
        }
    }

    /// <summary>The track that was asked for; else the most seen of the person's.</summary>
    private int TrackOf(Person speaker) => request.Face is FaceChoice.Track(var id) ? id : speaker.Tracks.MaxBy(Person.WeightOf)!.Id;

    /// <param name="fit">Receives in which frames the mouth can be drawn.</param>
    private BestLook Look(FaceTrack track, Person person, bool[]? fit, CancellationToken cancellationToken)
    {
        var (mesh, thumbnail) = (new Vector3[FaceTracks.MeshPoints], new byte[FaceThumbnail.Bytes]);
        var best = new BestLook { Score = -1 };
        for (var frame = track.FirstFrame; frame <= track.LastFrame; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!tracks.TryRead(track, frame, mesh) || !tracks.TryReadThumbnail(track, frame, thumbnail))
            {
                continue;
            }

            var pose = PoseSolver.Solve(person.Likeness.Shape, mesh, FaceLandmarks.Stable);
            var look = BestLook.Of(frame, mesh, pose, thumbnail, request.Info);
            best = look.Score > best.Score ? look : best;
            if (fit is not null)
            {
                fit[frame] = SourceFace.FitnessOf(pose) > 0;
            }
        }

        return best;
    }

    private async Task<IReadOnlyList<SurveyedFace>> Pictures(Dictionary<int, BestLook> looks, CancellationToken cancellationToken)
    {
        var faces = new List<SurveyedFace>();
        using var picture = new FacePicture();
        using var frame = new YuvFrame(request.Info.Width, request.Info.Height);
        foreach (var (person, track) in Shown())
        {
            var look = looks[track.Id];
            await using var reader = FrameReader.Open(request.Video, request.Info, look.Frame, 1);
            await reader.Read(frame, cancellationToken);
            var path = Path.Combine(request.Folder, string.Create(CultureInfo.InvariantCulture, $"face-{track.Id}.jpg"));
            await picture.Write(frame, look.Head, path, cancellationToken);
            faces.Add(new(track.Id, person, track.FirstFrame, track.LastFrame, track.FramesSeen, look.Frame, AreaOf(look), path));
        }

        return faces;
    }

    private IEnumerable<(int Person, FaceTrack Track)> Shown() => cast
        .SelectMany((person, number) => person.Tracks.Select(track => (Person: number, Track: track)))
        .OrderByDescending(face => Person.WeightOf(face.Track))
        .Take(FaceSurvey.MostFaces)
        .OrderBy(face => face.Track.Id);

    private FaceArea AreaOf(BestLook look)
    {
        var size = new Vector2(request.Info.Width, request.Info.Height);
        var low = Vector2.Clamp(look.Low / size, Vector2.Zero, Vector2.One);
        var extent = Vector2.Clamp(look.High / size, Vector2.Zero, Vector2.One) - low;
        return new(Rounded(low.X), Rounded(low.Y), Rounded(extent.X), Rounded(extent.Y));
    }

    private static double Rounded(float share) => Math.Round(share, 4);
}

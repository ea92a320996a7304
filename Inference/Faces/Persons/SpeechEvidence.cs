using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Speech;

namespace LipSync.Faces.Persons;

/// <summary>Whose mouth moves with what a video says.</summary>
internal static class SpeechEvidence
{
    /// <summary>Seconds seen speaking under which nothing can be told.</summary>
    private const double Shortest = 2;

    /// <summary>Seconds by which sound and picture may be apart.</summary>
    private const double Reach = 0.2;

    /// <summary>What changes more slowly than this, in seconds, is a smile or a posture, not speech.</summary>
    private const double Expression = 0.5;

    // Of two faces side by side, ten seconds of real talkers gave 0.26-0.51 for the one who is heard, 0.17 at most for the other.
    private const double ClearCorrelation = 0.22;
    private const double ClearLead = 0.15;

    /// <summary>A mouth's spread of opening, in eye distances, from which it talks; who listens keeps it under half the talker's.</summary>
    private const float TalkingSpread = 0.015f;
    private const float ListenerShare = 0.5f;

    /// <summary>The person who surely talks; null where there is only one or the evidence isn't clear.</summary>
    /// <param name="own">The mouth that the video's own sound asks for, a pose for each frame.</param>
    public static Person? Talker(IReadOnlyList<Person> cast, FaceTracks tracks, MouthTrack own, int fps, CancellationToken cancellationToken)
    {
        var expected = Movement([.. own.Poses.Select(pose => pose.Opening)], fps);
        var judged = new List<(Person Person, double R, float Spread)>();
        foreach (var person in cast.Count > 1 ? cast : [])
        {
            var seen = Openings(person, tracks, expected.Length, cancellationToken);
            var spoken = seen.Where((opening, frame) => !float.IsNaN(opening) && own.Poses[frame].Voice > 0.5f).Order().ToArray();
            if (spoken.Length >= Shortest * fps)
            {
                var r = Correlation.BestLag(expected, Movement(seen, fps), (int)(Reach * fps)).R;
                judged.Add((person, r, (Quantile.At(spoken, 0.9f) - Quantile.At(spoken, 0.1f)) / 2));
            }
        }

        var best = judged.OrderByDescending(one => one.R).ToList();
        if (best.Count > 1 && best[0].R >= ClearCorrelation && best[0].R - best[1].R >= ClearLead)
        {
            return best[0].Person;
        }

        var moving = judged.OrderByDescending(one => one.Spread).ToList();
        return moving.Count > 1 && moving[0].Spread >= TalkingSpread && moving[1].Spread <= ListenerShare * moving[0].Spread ? moving[0].Person : null;
    }

    private static float[] Movement(float[] openings, int fps) =>
        [.. openings.Zip(GaussianFilter.Smooth(openings, Expression * fps), (opening, slow) => opening - slow)];

    /// <summary>The opening in every frame of the video; NaN where the person is not seen.</summary>
    private static float[] Openings(Person person, FaceTracks tracks, int frames, CancellationToken cancellationToken)
    {
        var openings = new float[frames];
        Array.Fill(openings, float.NaN);
        var mesh = new Vector3[FaceTracks.MeshPoints];
        foreach (var track in person.Tracks)
        {
            for (var frame = track.FirstFrame; frame <= Math.Min(track.LastFrame, frames - 1); frame++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (tracks.TryRead(track, frame, mesh))
                {
                    var pose = PoseSolver.Solve(person.Likeness.Shape, mesh, FaceLandmarks.Stable);
                    for (var i = 0; i < mesh.Length; i++)
                    {
                        mesh[i] = pose.ToCanonical(mesh[i]);
                    }

                    openings[frame] = MouthParameters.OpeningOf(mesh);
                }
            }
        }

        return openings;
    }
}

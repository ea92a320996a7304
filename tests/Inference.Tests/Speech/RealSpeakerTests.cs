using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Speech;

public sealed class RealSpeakerTests
{
    [SkippableTheory]
    [InlineData("media/latentsync_demo1.mp4", 250, 0.4)]
    [InlineData("media/latentsync_demo2.mp4", 502, 0.4)]
    public async Task Track_OwnSpeechOfARealSpeaker_FollowsTheTalkingMouthAndOtherSpeechDoesNot(string clip, int frames, double least)
    {
        using var folder = new TemporaryFolder();
        var source = TestMedia.Find(clip);
        await TestVideo.Make("-i {0} -vf scale=540:960 -c:v libx264 -preset ultrafast -crf 18 -pix_fmt yuv420p -an {1}", source, folder.File("video.mp4"));
        var openings = await Openings(folder, new(540, 960, 25, frames));

        var track = new NeuralMouthTracker(ModelCatalog.BesideProgram).Track(await WholeSpeech.Read(source), 25);

        var own = At(shift: 0);
        var others = Enumerable.Range(3, (frames / 10) - 6).Select(k => At(shift: 10 * k)).ToArray();
        Assert.True(own > least, $"r = {own:F2}");
        Assert.InRange(others.Average(), -0.15, 0.15);
        Assert.True(own > others.Max(), $"Speech from elsewhere in the clip fits as well: {others.Max():F2} against {own:F2}.");

        // Whether a mouth stays open in a pause, as the second speaker's does while he thinks what to say, can't be heard.
        double At(int shift)
        {
            int[] spoken = [.. Enumerable.Range(0, frames).Where(frame => track[frame].Voice > 0.5f)];
            return Correlation.Pearson([.. spoken.Select(frame => track[(frame + shift) % frames].Opening)], [.. spoken.Select(frame => openings[frame])]);
        }
    }

    /// <summary>The gap between the inner lips against the height of the face, frame by frame.</summary>
    private static async Task<float[]> Openings(TemporaryFolder folder, NormalVideo info)
    {
        await using var reader = FrameReader.Open(folder.File("video.mp4"), info, 0, info.Frames);
        await new FaceTracker(ModelCatalog.BesideProgram).Track(reader.Read, info, folder.File("a.faces"), CancellationToken.None);
        using var tracks = FaceTracks.Open(folder.File("a.faces"));
        var mesh = new Vector3[FaceTracks.MeshPoints];
        return [.. Enumerable.Range(0, info.Frames).Select(frame =>
        {
            Assert.True(tracks.TryRead(tracks.Largest!, frame, mesh));
            return Vector3.Distance(mesh[13], mesh[14]) / Vector3.Distance(mesh[10], mesh[152]);
        })];
    }
}

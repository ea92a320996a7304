using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces.Persons;

public sealed class CastTests : IDisposable
{
    private const string Talker = "media/latentsync_demo2.mp4";
    private const string Other = "media/latentsync_demo1.mp4";
    private const string Small = "scale=540:960,setsar=1,fps=25,setpts=PTS-STARTPTS";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task Of_JumpCutsOfOneTalker_IsOnePerson()
    {
        using var tracks = await Track(
            75,
            $"[0]trim=0:1,{Small}[a];[0]trim=5:6,crop=720:1280:180:120,{Small}[b];[0]trim=9:10,hflip,eq=brightness=0.06:contrast=0.9,{Small}[c];[a][b][c]concat=n=3",
            Talker);

        var person = Assert.Single(Cast.Of(tracks, CancellationToken.None));

        Assert.Equal([0, 1, 2], person.Tracks.Select(track => track.Id));
    }

    [SkippableFact]
    public async Task Of_OneTalkerInOtherColours_IsOnePerson()
    {
        using var tracks = await Track(
            50, $"[0]trim=0:1,{Small}[a];[0]trim=4:5,crop=540:960:300:480,eq=brightness=0.1:gamma_r=1.25:gamma_b=0.8,{Small}[b];[a][b]concat=n=2", Other);

        Assert.Single(Cast.Of(tracks, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Of_TwoPeopleInTurns_AreTwo()
    {
        using var tracks = await Track(
            100,
            $"[0]trim=0:1,{Small}[a];[1]trim=0:1,{Small}[b];[0]trim=6:7,crop=864:1536:100:40,{Small}[c];[1]trim=5:6,hflip,{Small}[d];[a][b][c][d]concat=n=4",
            Talker,
            Other);

        var cast = Cast.Of(tracks, CancellationToken.None);

        Assert.Equal(["0,2", "1,3"], cast.Select(person => string.Join(',', person.Tracks.Select(track => track.Id))));
    }

    private async Task<FaceTracks> Track(int frames, string filter, params string[] clips)
    {
        var inputs = string.Concat(clips.Select((_, number) => $"-i {{{number}}} "));
        await TestVideo.Make(
            $"{inputs}-filter_complex {filter} -an -frames:v {frames} -c:v libx264 -preset ultrafast -crf 16 -pix_fmt yuv420p {{{clips.Length}}}",
            [.. clips.Select(TestMedia.Find), folder.File("video.mp4")]);
        var info = new NormalVideo(540, 960, 25, frames);
        await using var reader = FrameReader.Open(folder.File("video.mp4"), info, 0, frames);
        await new FaceTracker(ModelCatalog.BesideProgram).Track(reader.Read, info, folder.File("faces"), CancellationToken.None);
        return FaceTracks.Open(folder.File("faces"));
    }
}

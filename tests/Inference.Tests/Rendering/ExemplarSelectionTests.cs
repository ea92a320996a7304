using System.Numerics;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Speech;

namespace LipSync.Rendering;

public class ExemplarSelectionTests
{
    private static readonly List<Exemplar> Library = [.. Enumerable.Range(0, 80).Select(Make)];

    [Fact]
    public void Take_SourceAskedForItself_ShowsTheSourceInOrder()
    {
        var selection = Selection(Library);
        for (var frame = 20; frame < 60; frame++)
        {
            selection.Add(QueryFor(Library[frame]));
        }

        Assert.Equal(Enumerable.Range(20, 40), selection.Take());
    }

    [Fact]
    public void Take_AfterAnEnd_BeginsANewPath()
    {
        var selection = Selection(Library);
        selection.Add(QueryFor(Library[5]));
        selection.Take();

        selection.Add(QueryFor(Library[70]));

        Assert.Equal([70], selection.Take());
    }

    [Fact]
    public void Take_NothingAdded_IsEmpty() => Assert.Empty(Selection(Library).Take());

    [Theory]
    [InlineData(1, 33)]
    [InlineData(0, 12)]
    public void Take_MouthsOfOneShape_ShowsTheOneThatSaidItIfItIsBelieved(float credence, int expected)
    {
        // All look alike but for the brightness of number 12, which is asked for.
        var library = Library.Select(exemplar => exemplar with
        {
            Lips = Library[0].Lips, Face = Library[0].Face, Appearance = Library[0].Appearance with { LogSharpness = exemplar.SourceFrame == 12 ? 1 : 0.9f }, Said = Said(exemplar.SourceFrame),
        }).ToList();
        var selection = Selection(library, credence);

        selection.Add(QueryFor(library[0]) with { Said = Said(33), LogSharpness = 1 });

        Assert.Equal([expected], selection.Take());

        static SaidMouth Said(int number) => new(MouthPose.Rest, [number / 10f, -number / 10f, 0]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 2)]
    public void Take_MouthsOfOneShape_ShowsTheVisemeAskedFor(float closure, float labiodental, int expected)
    {
        List<Exemplar> library = [Spoken(0, 0, 0), Spoken(1, 1, 0), Spoken(2, 0, 1)];
        var selection = Selection(library, credence: 1);

        selection.Add(QueryFor(Spoken(9, closure, labiodental)));

        Assert.Equal([expected], selection.Take());

        static Exemplar Spoken(int frame, float closed, float tucked) => Library[0] with
        {
            SourceFrame = frame, Said = new(MouthPose.Rest with { Closure = closed, Labiodental = tucked }, []),
        };
    }

    [Fact]
    public void Take_ClosedLipsAskedFor_ShowsClosedOnesOfAnotherPoseNotParted()
    {
        var closed = Library[0].Face with { Mouth = Library[0].Face.Mouth with { Opening = 0.004f } };
        List<Exemplar> library =
        [
            Library[0] with { SourceFrame = 0, Face = closed with { Mouth = closed.Mouth with { Opening = 0.019f } } },
            Library[0] with { SourceFrame = 1, Face = closed with { Yaw = 0.2f } },
        ];
        var selection = Selection(library);

        selection.Add(QueryFor(Library[0] with { Face = closed }));

        Assert.Equal([1], selection.Take());
    }

    [Fact]
    public void Take_AlikeMouths_ShowsTheOneThatIsAsSharpAsTheFaceWhenItHasBeenWarped()
    {
        var library = Enumerable.Range(0, 3).Select(i => Library[0] with { SourceFrame = i, Appearance = Library[0].Appearance with { LogSharpness = 0.85f + (0.15f * i) } }).ToList();
        var selection = Selection(library);

        selection.Add(QueryFor(library[1]));

        Assert.Equal([2], selection.Take());
    }

    [Fact]
    public void Outliers_HandBeforeTheMouth_StandsOut()
    {
        var library = Library.ToList();
        library[30] = library[30] with { Appearance = new Appearance([.. Enumerable.Repeat(1f, Appearance.Side * Appearance.Side)], 1) };

        var outliers = AppearanceDistances.Outliers(library, AppearanceDistances.Between(library));

        Assert.Equal(30, Array.IndexOf(outliers, outliers.Max()));
        Assert.True(outliers[30] > 1);
    }

    [Fact]
    public void Soften_CutBetweenLikeMouths_FadesTheTwoFramesBesideIt()
    {
        var frames = new PlannedFrame[4];
        Array.Fill(frames, PlannedFrame.Untouched with { Strength = 1, Mouth = Library[10].Face.Mouth });

        CrossFade.Soften([10, 10, 52, 52], [.. Library.Select(e => e with { Face = Library[10].Face })], fps: 25, frames);

        Assert.Equal([PlannedFrame.None, 52, 10, PlannedFrame.None], frames.Select(f => f.Fading));
    }

    [Fact]
    public void Soften_TwiceAsManyFramesASecond_FadesAsLong()
    {
        var frames = new PlannedFrame[8];
        Array.Fill(frames, PlannedFrame.Untouched with { Strength = 1, Mouth = Library[10].Face.Mouth });

        CrossFade.Soften([10, 10, 10, 10, 52, 52, 52, 52], [.. Library.Select(e => e with { Face = Library[10].Face })], fps: 50, frames);

        Assert.Equal([0, 1 / 12f, 0.25f, 5 / 12f, 5 / 12f, 0.25f, 1 / 12f, 0], frames.Select(f => f.Fade), (a, b) => MathF.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void Soften_CutToAnUnlikeMouth_CutsHard()
    {
        var wide = Library[10] with { Face = Library[10].Face with { Mouth = new MouthParameters(0.15f, 0.6f, 0.6f) } };
        var frames = new PlannedFrame[2];
        Array.Fill(frames, PlannedFrame.Untouched with { Strength = 1, Mouth = new MouthParameters(0.01f, 0.6f, 0.6f) });

        CrossFade.Soften([0, 1], [Library[10] with { Face = Library[10].Face with { Mouth = frames[0].Mouth } }, wide with { SourceFrame = 40 }], fps: 25, frames);

        Assert.Equal(PlannedFrame.None, frames[0].Fading);
    }

    private static ExemplarSelection Selection(List<Exemplar> library, float credence = 0) => new(library, new ExemplarCosts(library, credence, fps: 25));

    private static Exemplar Make(int frame)
    {
        var opening = 0.06f + 0.05f * MathF.Sin(frame * 0.7f) + 0.0003f * frame;
        var mesh = SyntheticFace.Canonical(opening);
        var noise = new Random(frame);
        return new Exemplar(
            frame,
            new SourceFace(MouthParameters.Of(mesh), 0, 0, 1),
            Array.ConvertAll(Exemplar.LipPoints, point => mesh[point].AsVector2()),
            new Appearance([.. Enumerable.Range(0, Appearance.Side * Appearance.Side).Select(_ => 0.5f + opening + 0.02f * noise.NextSingle())], 1),
            SaidMouth.Unknown,
            default,
            []);
    }

    private static MouthQuery QueryFor(Exemplar exemplar) =>
        new(exemplar.Lips, exemplar.Face.Mouth, exemplar.Said, exemplar.Face.Yaw, exemplar.Face.Pitch, exemplar.Appearance.LogSharpness);
}

using System.Numerics;
using LipSync.Rendering.InnerMouths;

namespace LipSync.Rendering;

public class InnerMouthTests
{
    private const float Opening = 0.12f;
    private const float TeethEdge = 0.78f;

    /// <summary>The middle of the right front tooth, and of the mouth's gap below the teeth.</summary>
    private const float Tooth = 0.047f;

    private static readonly MouthLight Light = new(new Vector3(210, 165, 140), new Vector3(152, 148, 138), Side: 0, Grain: 0, Blur: 0);

    [Fact]
    public void At_BetweenTheLips_IsDarkerThanSkinEverywhere()
    {
        var (mouth, shape) = Mouth(Opening);

        for (var x = -0.25f; x <= 0.25f; x += 0.01f)
        {
            for (var y = shape[13].Y; y <= shape[14].Y; y += 0.005f)
            {
                Assert.InRange(Luma(mouth.At(new Vector2(x, y))), 0, Luma(Light.Skin));
            }
        }
    }

    [Fact]
    public void At_AboveTheTeethsEdge_ShowsTeethAndBelowItTheDark()
    {
        var (mouth, _) = Mouth(Opening);

        Assert.InRange(Luma(mouth.At(new Vector2(Tooth, TeethEdge - 0.012f))), 90, 255);
        Assert.InRange(Luma(mouth.At(new Vector2(Tooth, TeethEdge + 0.015f))), 0, 50);
    }

    [Fact]
    public void At_BetweenTwoTeeth_IsDarkerThanOnEither()
    {
        var (mouth, _) = Mouth(Opening);
        var height = TeethEdge - 0.012f;

        var gap = Luma(mouth.At(new Vector2(0, height)));

        Assert.InRange(gap, 0, 0.85 * Luma(mouth.At(new Vector2(Tooth, height))));
        Assert.InRange(gap, 0, 0.85 * Luma(mouth.At(new Vector2(-Tooth, height))));
    }

    [Fact]
    public void At_NarrowGap_IsDarkWhereAWideOneShowsTeeth()
    {
        var (narrow, shape) = Mouth(0.02f);
        var (wide, _) = Mouth(Opening);
        var middle = new Vector2(Tooth, (shape[13].Y + shape[14].Y) / 2);

        Assert.InRange(Luma(narrow.At(middle)), 0, 0.6 * Luma(wide.At(middle)));
    }

    [Theory]
    [InlineData(0.8f)]
    [InlineData(-0.8f)]
    public void At_LightFromOneSide_BrightensTheTeethThere(float side)
    {
        var (mouth, _) = Mouth(Opening, Light with { Side = side });

        var towards = Luma(mouth.At(new Vector2(3 * Tooth * MathF.Sign(side), TeethEdge - 0.02f)));
        var away = Luma(mouth.At(new Vector2(-3 * Tooth * MathF.Sign(side), TeethEdge - 0.02f)));

        Assert.InRange(towards, 1.15 * away, 255);
    }

    [Fact]
    public void At_TongueRaised_FillsTheGapUnderTheTeeth()
    {
        var below = new Vector2(0.02f, TeethEdge + 0.012f);

        Assert.InRange(Luma(Mouth(Opening, tongue: 1).Mouth.At(below)), 1.3 * Luma(Mouth(Opening).Mouth.At(below)), 255);
    }

    [Fact]
    public void CoverAt_LipsAsTheFrameShowsThem_IsNothingAndOpenOnesIsAll()
    {
        var closed = new OwnTeeth(Shape(0.01f), 0.01f);

        Assert.Equal(0, closed.CoverAt(0, Mouth(0.01f).Mouth.GapAt(0)));
        Assert.Equal(1, closed.CoverAt(0, Mouth(Opening).Mouth.GapAt(0)));
    }

    [Fact]
    public void OwnTeeth_PartedLips_ShowTheirInsideAndCarryItUpwards()
    {
        var shape = Shape(Opening);
        var own = new OwnTeeth(shape, Opening);
        var middle = new Vector2(0, (shape[13].Y + shape[14].Y) / 2);
        var above = middle with { Y = shape[13].Y - 0.02f };

        Assert.Equal(1, own.PresenceAt(middle, Opening), 0.01f);
        Assert.Equal(middle, own.SourceOf(middle));
        Assert.InRange(own.SourceOf(above).Y, shape[13].Y, middle.Y);
        Assert.Equal(0, own.PresenceAt(middle with { Y = shape[14].Y + 0.02f }, Opening));
        Assert.Equal(0, own.PresenceAt(middle, gap: 0));
    }

    [Fact]
    public void OwnTeeth_LowerLipBaresMoreThanTheSource_GoOnDownwardsALittle()
    {
        var shape = Shape(Opening);
        var own = new OwnTeeth(shape, Opening);
        var below = new Vector2(0, shape[14].Y + 0.003f);

        Assert.InRange(own.SourceOf(below).Y, (shape[13].Y + shape[14].Y) / 2, shape[14].Y - 0.01f);
        Assert.InRange(own.EdgeAt(0), shape[14].Y, shape[14].Y + 0.02f);
    }

    [Fact]
    public void UnderTeethAt_LowerLipNearTheTeeth_IsWetAndFarFromThemDark()
    {
        var (mouth, shape) = Mouth(Opening);

        Assert.Equal(1, mouth.UnderTeethAt(0, shape[14].Y - 0.005f));
        Assert.Equal(0, mouth.UnderTeethAt(0, shape[14].Y - 0.06f));
    }

    [Fact]
    public void DentalArch_HeadTurned_ShiftsBackTeethFurther()
    {
        var (straight, turned) = (DentalArch.Upper(0), DentalArch.Upper(0.3f));

        Assert.InRange(straight.At(0).Body, 0, 0.1);
        Assert.InRange(straight.At(Tooth).Body, 0.9, 1);
        Assert.InRange(straight.At(0.2f).Depth, straight.At(0.05f).Depth + 0.05, 1);
        Assert.InRange(turned.At(Tooth + 0.3f * straight.At(Tooth).Depth).Body, 0.9, 1);
        Assert.InRange(turned.At(0.25f).Depth, 0, straight.At(0.25f).Depth);
    }

    private static (InnerMouth Mouth, Vector2[] Shape) Mouth(float opening, MouthLight? light = null, float tongue = 0)
    {
        var shape = Shape(opening);
        return (new InnerMouth(light ?? Light, shape, parallax: 0, new InnerPose(TeethEdge, tongue, Tuck: 0)), shape);
    }

    private static Vector2[] Shape(float opening) => [.. SyntheticFace.Canonical(opening).Select(point => point.AsVector2())];

    private static float Luma(Vector3 colour) => Vector3.Dot(colour, new Vector3(0.2126f, 0.7152f, 0.0722f));
}

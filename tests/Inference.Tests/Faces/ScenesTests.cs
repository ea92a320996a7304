namespace LipSync.Faces;

public class ScenesTests
{
    private static readonly Scenes Three = new([10, 25]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(24, 1)]
    [InlineData(25, 2)]
    [InlineData(99, 2)]
    public void Of_AnyFrame_IsTheSceneThatItsLastCutBegan(int frame, int scene) => Assert.Equal(scene, Three.Of(frame));

    [Fact]
    public void Frames_OfAllScenes_AreTheWholeVideo() =>
        Assert.Equal([(0, 10), (10, 25), (25, 40)], Enumerable.Range(0, Three.Count).Select(scene => Three.Frames(scene, 40)));

    [Fact]
    public void Frames_NoCut_IsOneScene() => Assert.Equal((0, 40), new Scenes([]).Frames(0, 40));
}

namespace LipSync.Tests;

/// <summary>A file that grows past this has more than one thing in it; a room with more files has more than one noun.</summary>
public class FileLengthTests
{
    private const int LongestFile = 300;
    private const int LongFile = 160;
    private const int LargestRoom = 9;

    [Fact]
    public void SourceFiles_None_IsLongerThanTheLimit() =>
        Assert.Empty(Repository.SourceFiles.Where(file => Lines(file) > LongestFile).Select(file => $"{file}: {Lines(file)}"));

    [Fact]
    public void SourceFiles_NineInTen_AreShort()
    {
        var lengths = Repository.SourceFiles.Select(Lines).Order().ToList();

        Assert.InRange(lengths[(int)(lengths.Count * 0.9)], 1, LongFile);
    }

    [Fact]
    public void Rooms_OfTheProduct_HoldNoMoreThanNineFiles()
    {
        var crowded = Repository.SourceFiles
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .GroupBy(file => Path.GetDirectoryName(file)!)
            .Where(room => room.Count(file => !file.EndsWith(".Log.cs", StringComparison.Ordinal)) > LargestRoom)
            .Select(room => $"{room.Key}: {room.Count()}");

        Assert.Empty(crowded);
    }

    [Theory]
    [InlineData("Helpers")]
    [InlineData("Utils")]
    [InlineData("Common")]
    [InlineData("Managers")]
    public void Rooms_None_IsNamedAfterNothing(string name) =>
        Assert.DoesNotContain(Repository.SourceFiles, file => file.Split('/').Contains(name, StringComparer.OrdinalIgnoreCase));

    private static int Lines(string file) => File.ReadLines(Path.Combine(Repository.Root, file)).Count();
}

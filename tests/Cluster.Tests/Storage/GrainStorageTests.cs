using Orleans.Storage;

namespace LipSync.Tests.Storage;

[GenerateSerializer, Alias("LipSync.Tests.TestRecord")]
public sealed class TestRecord
{
    [Id(0)] public string Text { get; set; } = "";
    [Id(1)] public long Number { get; set; }
}

[Collection(SqliteBackend.Name)]
public class SqliteGrainStorageTests(SqliteBackend backend) : GrainStorageTests(backend);

[Collection(PostgresBackend.Name)]
public class PostgresGrainStorageTests(PostgresBackend backend) : GrainStorageTests(backend);

/// <summary>What every backend for grain records must do. One fixture a backend.</summary>
public abstract class GrainStorageTests(IStorageBackend backend)
{
    private const string Name = "record";
    private readonly IGrainStorage storage = backend.Records;
    private readonly GrainId grain = GrainId.Create("test", Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Read_OfARecordNeverWritten_IsEmpty()
    {
        var state = new GrainState<TestRecord>();

        await storage.ReadStateAsync(Name, grain, state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal("", state.State!.Text);
    }

    [Fact]
    public async Task Write_ThenRead_ReturnsTheRecord()
    {
        await storage.WriteStateAsync(Name, grain, State("first", 42));
        var read = new GrainState<TestRecord>();

        await storage.ReadStateAsync(Name, grain, read);

        Assert.True(read.RecordExists);
        Assert.Equal(("first", 42), (read.State!.Text, read.State!.Number));
    }

    [Fact]
    public async Task Write_OverAnOlderVersion_IsRefusedAndKeepsTheNewer()
    {
        var first = State("first", 1);
        await storage.WriteStateAsync(Name, grain, first);
        var stale = State("stale", 3);
        stale.ETag = first.ETag;
        first.State = new TestRecord { Text = "second", Number = 2 };
        await storage.WriteStateAsync(Name, grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, stale));

        var read = new GrainState<TestRecord>();
        await storage.ReadStateAsync(Name, grain, read);
        Assert.Equal("second", read.State!.Text);
        Assert.Equal(first.ETag, read.ETag);
    }

    [Fact]
    public async Task Write_OfANewRecordThatExists_IsRefused()
    {
        await storage.WriteStateAsync(Name, grain, State("first", 1));

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, State("again", 2)));
    }

    [Fact]
    public async Task Write_ByManyAtOnceOverTheSameVersion_SucceedsForOne()
    {
        var first = State("first", 0);
        await storage.WriteStateAsync(Name, grain, first);

        var succeeded = await Task.WhenAll(Enumerable.Range(1, 64).Select(async number =>
        {
            var state = State("race", number);
            state.ETag = first.ETag;
            var outcome = await Record.ExceptionAsync(() => storage.WriteStateAsync(Name, grain, state));
            return outcome is null;
        }));

        Assert.Equal(1, succeeded.Count(one => one));
    }

    [Fact]
    public async Task Write_UnderKeysThatAreTheSameNumber_KeepsThemApart()
    {
        GrainId[] grains = [.. new[] { "cafe", "CAFE", "0cafe" }.Select(key => GrainId.Create("account", key))];
        Assert.All(grains, one => Assert.True(one.TryGetIntegerKey(out var number, out _) && number == 0xcafe));

        foreach (var one in grains)
        {
            await storage.WriteStateAsync(Name, one, State(one.Key.ToString()!, 1));
        }

        foreach (var one in grains)
        {
            var read = new GrainState<TestRecord>();
            await storage.ReadStateAsync(Name, one, read);
            Assert.Equal(one.Key.ToString(), read.State!.Text);
        }
    }

    [Fact]
    public async Task Clear_OfARecord_RemovesItAndLetsItBeWrittenAnew()
    {
        var state = State("first", 1);
        await storage.WriteStateAsync(Name, grain, state);

        await storage.ClearStateAsync(Name, grain, state);

        Assert.False(state.RecordExists);
        await storage.WriteStateAsync(Name, grain, State("anew", 2));
    }

    [Fact]
    public async Task Clear_OverAnOlderVersion_IsRefused()
    {
        var state = State("first", 1);
        await storage.WriteStateAsync(Name, grain, state);
        var stale = new GrainState<TestRecord> { ETag = state.ETag };
        await storage.WriteStateAsync(Name, grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync(Name, grain, stale));
    }

    private static GrainState<TestRecord> State(string text, long number) => new(new TestRecord { Text = text, Number = number });
}

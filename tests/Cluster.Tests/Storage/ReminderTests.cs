namespace LipSync.Tests.Storage;

[Collection(SqliteBackend.Name)]
public class SqliteReminderTests(SqliteBackend backend) : ReminderTests(backend);

[Collection(PostgresBackend.Name)]
public class PostgresReminderTests(PostgresBackend backend) : ReminderTests(backend);

/// <summary>Orleans' reminders on our own SQL.</summary>
public abstract class ReminderTests(IStorageBackend backend)
{
    private readonly IReminderTable reminders = backend.Reminders;
    private readonly GrainId grain = GrainId.Create("test", Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Upsert_ThenRead_ReturnsTheReminder()
    {
        var written = Reminder("resume");

        var etag = await reminders.UpsertRow(written);

        var read = await reminders.ReadRow(grain, "resume");
        Assert.Equal((grain, "resume", written.StartAt, written.Period, etag), (read!.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
    }

    [Fact]
    public async Task Upsert_Again_ReplacesItUnderAnotherEtag()
    {
        var first = await reminders.UpsertRow(Reminder("resume"));

        var second = await reminders.UpsertRow(Reminder("resume", minutes: 50_000));

        Assert.NotEqual(first, second);
        var read = Assert.Single((await reminders.ReadRows(grain)).Reminders);
        Assert.Equal(TimeSpan.FromMinutes(50_000), read.Period);
    }

    [Fact]
    public async Task ReadRow_OfNoSuchReminder_IsNothing() => Assert.Null(await reminders.ReadRow(grain, "none"));

    [Fact]
    public async Task Remove_WithAnOldEtag_KeepsTheReminder()
    {
        var old = await reminders.UpsertRow(Reminder("resume"));
        var current = await reminders.UpsertRow(Reminder("resume"));

        Assert.False(await reminders.RemoveRow(grain, "resume", old!));

        Assert.True(await reminders.RemoveRow(grain, "resume", current!));
        Assert.Null(await reminders.ReadRow(grain, "resume"));
    }

    [Fact]
    public async Task ReadRows_OfARangeOfTheRing_HoldsWhatLiesInIt()
    {
        await reminders.UpsertRow(Reminder("resume"));
        var hash = grain.GetUniformHashCode();

        Assert.True(await Holds(unchecked(hash - 1), hash), "begin is outside, end inside");
        Assert.False(await Holds(hash, unchecked(hash + 1)), "begin is outside");
        Assert.True(await Holds(unchecked(hash + 1), hash), "around the whole ring");
        Assert.True(await Holds(0, 0), "everything");
    }

    private async Task<bool> Holds(uint begin, uint end) => (await reminders.ReadRows(begin, end)).Reminders.Any(one => one.GrainId == grain);

    private ReminderEntry Reminder(string name, int minutes = 1) => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(minutes),
    };
}

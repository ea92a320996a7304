namespace LipSync.Tests.Hosting;

/// <summary>
/// A clock that moves only when told to, while silo threads set and change timers at the same time: a timer re-armed during its
/// own tick stays armed. Whoever reads it in a loop moves it after all: Orleans waits out the last fraction of a millisecond of a
/// delay by reading the clock until it is over, and one that stood quite still would keep it there for ever.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private const int ReadingsAtRest = 10_000;

    private readonly Lock gate = new();
    private readonly HashSet<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private TimeSpan behind;
    private int readings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return Read() - behind;
        }
    }

    public override long GetTimestamp() => Read().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the time of day back; time that passes, and timers, know nothing of it.</summary>
    public void SetBack(TimeSpan time)
    {
        lock (gate)
        {
            behind += time;
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (gate)
        {
            now += time;
            readings = 0;
        }

        TickDue();
    }

    private DateTimeOffset Read()
    {
        lock (gate)
        {
            if (++readings > ReadingsAtRest)
            {
                now += TimeSpan.FromTicks(1);
            }

            return now;
        }
    }

    private void TickDue()
    {
        ManualTimer[] due;
        lock (gate)
        {
            due = [.. timers.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
            foreach (var timer in due)
            {
                timer.Due = now + timer.Period;
                if (timer.Period <= TimeSpan.Zero)
                {
                    timers.Remove(timer);
                }
            }
        }

        foreach (var timer in due)
        {
            timer.Tick();
        }
    }

    private sealed class ManualTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Tick() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock.now + dueTime;
                    clock.timers.Add(this);
                }
            }

            if (dueTime == TimeSpan.Zero)
            {
                // Like a real timer, on another thread: the one that sets it may hold locks.
                ThreadPool.QueueUserWorkItem(static due => due.TickDue(), clock, preferLocal: false);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

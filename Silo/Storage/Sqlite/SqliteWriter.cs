using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace LipSync.Silo.Storage.Sqlite;

/// <summary>
/// Writes everything of ours to the embedded database; Orleans writes its reminders through connections of its own. SQLite lets
/// one connection write at a time, and a commit costs a disk flush, so writes queue here and are committed in groups; each is
/// answered after its commit.
/// </summary>
public sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly Channel<Request> queue = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteConnection connection;
    private readonly Task loop;

    public SqliteWriter(SqliteDatabase database)
    {
        connection = database.Open();
        loop = Task.Run(Run);
    }

    /// <summary>Runs a write inside the next group's transaction; completes when it is on the disk.</summary>
    /// <param name="write">May fail without harm to its neighbours: it runs in a savepoint of its own.</param>
    public async Task<T> Write<T>(Func<SqliteConnection, T> write)
    {
        var request = new Request<T>(write);
        await queue.Writer.WriteAsync(request);
        return await request.Committed;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private async Task Run()
    {
        var group = new List<Request>(LargestGroup);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var request))
            {
                group.Add(request);
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Request> group)
    {
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var request in group)
            {
                transaction.Save("one");
                if (request.TryRun(connection))
                {
                    transaction.Release("one");
                }
                else
                {
                    transaction.Rollback("one");
                }
            }

            transaction.Commit();
        }
#pragma warning disable CA1031 // whatever breaks a group, a full disk above all, breaks it for its writers only: the loop goes on
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Nobody's write happened, and everybody is told. SQLite may have rolled back by itself, and then our own rollback fails too.
            group.ForEach(request => request.Fail(exception));
            return;
        }

        group.ForEach(request => request.Acknowledge());
    }

    private abstract class Request
    {
        public abstract bool TryRun(SqliteConnection connection);

        public abstract void Acknowledge();

        public abstract void Fail(Exception exception);
    }

    private sealed class Request<T>(Func<SqliteConnection, T> write) : Request
    {
        private readonly TaskCompletionSource<T> committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Committed => committed.Task;

        public override bool TryRun(SqliteConnection connection)
        {
            try
            {
                result = write(connection);
                return true;
            }
#pragma warning disable CA1031 // whatever a write throws belongs to its caller, who gets it in Acknowledge
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (failure is null)
            {
                committed.SetResult(result!);
            }
            else
            {
                committed.SetException(failure);
            }
        }

        public override void Fail(Exception exception) => committed.TrySetException(exception);
    }
}

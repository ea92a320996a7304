using Dapper;
using LipSync.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace LipSync.Tests.Storage;

/// <summary>What is SQLite's alone: one writer, group commit, settings of every connection.</summary>
[Collection(SqliteBackend.Name)]
public class SqliteDatabaseTests(SqliteBackend backend)
{
    [Fact]
    public async Task Write_ThatFails_LeavesItsNeighboursInTheGroupAlone()
    {
        await backend.Writer.Write(c => c.Execute("CREATE TABLE neighbours (number INTEGER PRIMARY KEY)"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Record.ExceptionAsync(() => backend.Writer.Write(c =>
        {
            c.Execute("INSERT INTO neighbours VALUES (@number)", new { number });
            return number % 10 == 3 ? throw new InvalidOperationException("fault") : number;
        }))));

        Assert.Equal(10, outcomes.Count(o => o is InvalidOperationException));
        await using var connection = backend.Database.Open();
        Assert.Equal(Enumerable.Range(0, 100).Where(n => n % 10 != 3), await connection.QueryAsync<int>("SELECT number FROM neighbours ORDER BY number"));
    }

    [Fact]
    public async Task Open_AnyConnection_WaitsForOthersAndFlushesEachCommit()
    {
        await using var connection = backend.Database.Open();
        Assert.Equal(30_000, await connection.ExecuteScalarAsync<long>("PRAGMA busy_timeout"));
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("PRAGMA synchronous"));
    }

    [Fact]
    public async Task Open_OfAnExistingDatabase_KeepsItsSchemaAndRows()
    {
        await backend.Writer.Write(c => c.Execute("INSERT INTO grain_state VALUES ('kept', 'grain', 1, x'00')"));

        var again = new SqliteDatabase(new SqliteConnectionStringBuilder(backend.Database.ConnectionString).DataSource);

        await using var connection = again.Open();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM grain_state WHERE state_name = 'kept'"));
    }

    [Fact]
    public async Task Write_WhenTheDiskIsFull_FailsAndTheNextOnesWorkAgain()
    {
        await backend.Writer.Write(c => c.Execute("CREATE TABLE crowded (bytes BLOB)"));
        var pages = await backend.Writer.Write(c => c.ExecuteScalar<long>("PRAGMA page_count"));
        await backend.Writer.Write(c => c.Execute($"PRAGMA max_page_count = {pages + 4}"));

        var full = await Record.ExceptionAsync(() => backend.Writer.Write(c => c.Execute("INSERT INTO crowded VALUES (zeroblob(1000000))")));

        Assert.NotNull(full);
        await backend.Writer.Write(c => c.Execute("PRAGMA max_page_count = 1073741823"));
        await backend.Writer.Write(c => c.Execute("INSERT INTO crowded VALUES (zeroblob(1000000))"));
        Assert.Equal(1, await backend.Writer.Write(c => c.ExecuteScalar<long>("SELECT count(*) FROM crowded")));
    }
}

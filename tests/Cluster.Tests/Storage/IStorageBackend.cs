using System.Data.Common;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Statements;
using Orleans.Storage;

namespace LipSync.Tests.Storage;

/// <summary>A database of one kind, ready to use: what the tests of every kind run on.</summary>
public interface IStorageBackend
{
    IGrainStorage Records { get; }

    IReminderTable Reminders { get; }

    IJobProjection Jobs { get; }

    ILedgerProjection Ledger { get; }

    IAccountProjection Accounts { get; }

    /// <summary>An open connection, to look at the rows.</summary>
    DbConnection Open();
}

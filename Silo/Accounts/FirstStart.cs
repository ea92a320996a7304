using LipSync.Accounts;
using LipSync.Gateway.Security;
using LipSync.Keys;
using LipSync.Silo.Storage;

namespace LipSync.Silo.Accounts;

/// <summary>
/// An embedded service that starts for the first time opens the account <c>dev</c> and writes its key and an admin key into the
/// data folder, so that the first request needs no sign-up.
/// </summary>
public sealed partial class FirstStart(IGrainFactory grains, DataOptions data, ILogger<FirstStart> logger) : IHostedService
{
    private const string DevAccount = "dev";
    private const string AdminAccount = "admin";
    private const long DevCredits = 1000;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Issue("dev-api-key", DevAccount, ApiKeyScope.Customer, () => grains.GetGrain<IAccountGrain>(DevAccount).Open(Plan.Pro, DevCredits));
        await Issue("admin-key", AdminAccount, ApiKeyScope.Admin, () => Task.CompletedTask);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The file comes last and whole: a start that was cut off before it begins anew, and every step before it may be repeated.
    private async Task Issue(string fileName, string account, ApiKeyScope scope, Func<Task> open)
    {
        var file = Path.Combine(data.Folder, fileName);
        if (File.Exists(file))
        {
            return;
        }

        await open();
        var key = ApiKey.Generate();
        if (await grains.GetGrain<IKeyChainGrain>(account).Issue(key.Hash, new(scope, "first start", key.Shown)) is { Key: null } full)
        {
            throw new InvalidOperationException($"{file} is missing, and the account '{account}' has {full.MostKeys} keys already: put the file back, or revoke a key.");
        }

        var draft = file + ".new";
        await using (var stream = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        await using (var writer = new StreamWriter(stream))
        {
            await writer.WriteLineAsync(key.Reveal());
        }

        File.Move(draft, file, overwrite: true);
        LogKeyWritten(file, account);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote an API key of account {Account} to {File}.")]
    private partial void LogKeyWritten(string file, string account);
}

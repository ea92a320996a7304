using System.CommandLine;
using System.Text.Json;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands;

/// <summary>What the operator does: accounts, jobs, silos, queues.</summary>
public sealed class AdminCommand
{
    private readonly Connection connection;
    private readonly Terminal terminal;

    private AdminCommand(Connection connection, Terminal terminal) => (this.connection, this.terminal) = (connection, terminal);

    public static Command Create(Connection connection, Terminal terminal)
    {
        var admin = new AdminCommand(connection, terminal);
        return new Command("admin", "What the operator does; takes LIPSYNC_ADMIN_KEY.")
        {
            admin.List("accounts", "Lists the accounts.", "admin/accounts", "accountId", "plan", "suspended", "credits.available", "credits.held", "createdAt"),
            admin.List("jobs", "Lists the jobs of all accounts, newest first.", "admin/jobs", "jobId", "accountId", "status", "createdAt", "creditsUsed", "error.code"),
            admin.Silos(),
            admin.Queues(),
            admin.Open(),
            admin.OnAccount("account", "Shows an account."),
            admin.Grant(),
            admin.SetPlan(),
            admin.OnAccount("suspend", "Refuses all requests of an account.", new { suspended = true }),
            admin.OnAccount("unsuspend", "Takes an account's requests again.", new { suspended = false }),
            admin.Drain(),
        };
    }

    private Command List(string name, string description, string path, params string[] columns)
    {
        var pages = new PageOptions();
        var command = new Command(name, description);
        pages.AddTo(command);
        return Does(command, async (service, parsed, cancellationToken) =>
        {
            var list = await service.Get(path + pages.Query(parsed), cancellationToken);
            terminal.ShowTable(parsed, list, list.GetProperty("items"), columns);
            PageOptions.TellOfMore(parsed, list, terminal);
        });
    }

    private Command Silos() => Does(new Command("silos", "Lists the silos."), async (service, parsed, cancellationToken) =>
    {
        var list = await service.Get("admin/silos", cancellationToken);
        terminal.ShowTable(parsed, list, list.GetProperty("silos"), "worker", "role", "version", "started", "draining", "unreachable");
    });

    private Command Queues() => Does(new Command("queues", "Lists what waits for a slot."), async (service, parsed, cancellationToken) =>
    {
        var list = await service.Get("admin/queues", cancellationToken);
        terminal.ShowTable(parsed, list, list.GetProperty("queues"), "pool", "shard", "waiting", "leased", "oldestWait");
    });

    private Command Open()
    {
        var id = new Argument<string>("account");
        var plan = new Option<string>("--plan") { Description = "free, starter or pro.", DefaultValueFactory = _ => "free" };
        var credits = new Option<long>("--credits") { Description = "Credits to begin with." };
        return Does(new Command("open", "Opens an account and shows its first key, this once.") { id, plan, credits }, async (service, parsed, cancellationToken) =>
        {
            var body = new { accountId = parsed.GetRequiredValue(id), plan = parsed.GetRequiredValue(plan), credits = parsed.GetValue(credits) };
            var account = await service.Post("admin/accounts", body, cancellationToken);
            terminal.Show(parsed, account, account.Text("key"));
        });
    }

    private Command Grant()
    {
        var id = new Argument<string>("account");
        var credits = new Argument<long>("credits");
        return Does(new Command("grant", "Gives an account credits.") { id, credits }, async (service, parsed, cancellationToken) =>
        {
            var account = await service.Post($"{PathOf(parsed.GetRequiredValue(id))}/credits", new { credits = parsed.GetRequiredValue(credits) }, cancellationToken);
            terminal.Show(parsed, account, Sentence(account));
        });
    }

    private Command SetPlan()
    {
        var id = new Argument<string>("account");
        var plan = new Argument<string>("plan") { Description = "free, starter or pro." };
        return Does(new Command("plan", "Changes an account's plan.") { id, plan }, async (service, parsed, cancellationToken) =>
        {
            var account = await service.Patch(PathOf(parsed.GetRequiredValue(id)), new { plan = parsed.GetRequiredValue(plan) }, cancellationToken);
            terminal.Show(parsed, account, Sentence(account));
        });
    }

    private Command OnAccount(string name, string description, object? change = null)
    {
        var id = new Argument<string>("account");
        return Does(new Command(name, description) { id }, async (service, parsed, cancellationToken) =>
        {
            var path = PathOf(parsed.GetRequiredValue(id));
            var account = change is null ? await service.Get(path, cancellationToken) : await service.Patch(path, change, cancellationToken);
            terminal.Show(parsed, account, Sentence(account));
        });
    }

    private Command Drain()
    {
        var worker = new Argument<string>("worker") { Description = "The silo's name, as 'lipsync admin silos' lists it." };
        return Does(new Command("drain", "Stops a silo without losing work.") { worker }, async (service, parsed, cancellationToken) =>
        {
            var answer = await service.Post($"admin/silos/{Uri.EscapeDataString(parsed.GetRequiredValue(worker))}/drain", body: null, cancellationToken);
            terminal.Show(parsed, answer, "It finishes or hands back what it has, and ends.");
        });
    }

    private Command Does(Command command, Func<ServiceClient, ParseResult, CancellationToken, Task> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsOperator(parsed);
            await action(service, parsed, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static string PathOf(string account) => $"admin/accounts/{Uri.EscapeDataString(account)}";

    private static string Sentence(JsonElement account) =>
        $"{account.Text("accountId")}: plan {account.Text("plan")}, {account.Text("credits.available")} credits available, {account.Text("credits.held")} held"
        + (account.Text("suspended") == "True" ? ", suspended." : ".");
}

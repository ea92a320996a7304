namespace LipSync.Tests;

/// <summary>A web server that does nothing: what the gateway's figures are compared with.</summary>
public static class BareProgram
{
    public static async Task<int> Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => new { success = true });
        await app.StartAsync();
        Console.WriteLine($"LipSync ready at {string.Join(';', app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}

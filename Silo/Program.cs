using LipSync.Gateway;
using LipSync.Silo.Roles;

try
{
    // Settings lie beside the program, whatever folder it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddSiloRole();

    var app = builder.Build();
    app.MapLipSync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}

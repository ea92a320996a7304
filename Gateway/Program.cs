using LipSync.Gateway;

var builder = WebApplication.CreateBuilder(args);
builder.UseOrleansClient(static client => client.UseLocalhostClustering());
builder.AddLipSyncGateway();

var app = builder.Build();
app.MapLipSync();
await app.RunAsync();

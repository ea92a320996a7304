using LipSync.Gateway;
using LipSync.Gateway.Cluster;

var builder = WebApplication.CreateBuilder(args);
builder.UseOrleansClient(static client => client.UseLocalhostClustering().UseConnectionRetryFilter<ConnectUntilReady>());
builder.AddLipSyncGateway();

var app = builder.Build();
app.MapLipSync();
await app.RunAsync();

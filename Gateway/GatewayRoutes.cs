using LipSync.Gateway.Accounts;
using LipSync.Gateway.Admin;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Health;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Jobs;
using LipSync.Gateway.Jobs.Events;
using LipSync.Gateway.Jobs.Lists;
using LipSync.Gateway.Keys;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.Media;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Preflights;
using LipSync.Gateway.Security;
using LipSync.Gateway.Sessions;
using LipSync.Gateway.Uploads;
using LipSync.Gateway.Users;

namespace LipSync.Gateway;

public static class GatewayRoutes
{
    /// <summary>The whole HTTP interface: in the stand-alone gateway, and in process where a silo hosts it.</summary>
    public static WebApplication MapLipSync(this WebApplication app)
    {
        app.UseMiddleware<RequestCutoff>();
        app.UseForwardedHeaders();
        app.UseApiErrors();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<OwnOrigin>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();

        var api = app.MapGroup("/api/v1").RequireCors(SecurityHosting.AnyOriginPolicy);
        var customer = api.MapGroup("").RequireAuthorization(SecurityHosting.CustomerPolicy);
        customer.MapGenerate();
        customer.MapStatus();
        customer.MapAnalyze();
        customer.MapAnalysis();
        customer.MapCancel();
        customer.MapDelete();
        customer.MapJobList();
        customer.MapJobEvents();
        customer.MapUploads();
        customer.MapAccount();
        customer.MapKeys();
        api.MapUsers();
        api.MapMedia();
        api.MapPutUpload();
        api.MapAdmin();

        app.MapApiDescription();
        app.MapErrorPage();
        app.MapHealth();
        return app;
    }
}

namespace LipSync.Gateway.Errors;

/// <summary>Every code that an HTTP answer may carry.</summary>
public static class RequestErrors
{
    public static readonly ApiErrorCode InvalidRequest = new(
        "invalid_request", StatusCodes.Status400BadRequest, "The request is invalid",
        "A field is missing, unknown, of the wrong type or has a value that can't be used, or the body isn't valid JSON.",
        "Correct the fields named in errors.");

    public static readonly ApiErrorCode UnsupportedSetting = new(
        "unsupported_setting", StatusCodes.Status400BadRequest, "The setting is not supported",
        "A setting is unknown, or its value is none of those offered.",
        "Leave the setting named in errors out, or choose one of the values listed there.");

    public static readonly ApiErrorCode InvalidApiKey = new(
        "invalid_api_key", StatusCodes.Status401Unauthorized, "The API key is invalid",
        "The header X-API-Key is missing, mistyped, or names no key of this service, and no session stands for it.",
        "Send the key exactly as it was issued: ls_live_ and 56 hexadecimal digits.");

    public static readonly ApiErrorCode KeyRevoked = new(
        "key_revoked", StatusCodes.Status401Unauthorized, "The API key was revoked",
        "The key was revoked by its account, or has expired.",
        "Use another key of the account, or create one.");

    public static readonly ApiErrorCode InvalidCredentials = new(
        "invalid_credentials", StatusCodes.Status401Unauthorized, "Not signed in",
        "The e-mail address or the password is wrong, or the session has ended.",
        "Log in with the address and the password of the sign-up.");

    public static readonly ApiErrorCode InsufficientCredits = new(
        "insufficient_credits", StatusCodes.Status402PaymentRequired, "Too few credits",
        "The account has fewer credits than this job may cost. Nothing was charged.",
        "Add credits, wait for running jobs to free what they hold, or lower settings.maxDuration.");

    public static readonly ApiErrorCode Forbidden = new(
        "forbidden", StatusCodes.Status403Forbidden, "Access is denied",
        "The signature of a link is missing or wrong, the key is missing or doesn't allow this request, the account is suspended, or a request by session cookie came from a page of another origin.",
        "Use the link exactly as it was given; ask for the job's status again to get a fresh one.");

    public static readonly ApiErrorCode NotFound = new(
        "not_found", StatusCodes.Status404NotFound, "Not found",
        "There is no such thing in this account, or no such path.",
        "Check the id and the path.");

    public static readonly ApiErrorCode MethodNotAllowed = new(
        "method_not_allowed", StatusCodes.Status405MethodNotAllowed, "The method is not allowed",
        "The path exists, but not for this HTTP method.",
        "Use a method named in the header Allow.");

    public static readonly ApiErrorCode AlreadyExists = new(
        "already_exists", StatusCodes.Status409Conflict, "It exists already",
        "What the request would make is there already, and was left as it is.",
        "Choose another id, or use the one that exists.");

    public static readonly ApiErrorCode TooManyKeys = new(
        "too_many_keys", StatusCodes.Status409Conflict, "The account has as many keys as it may",
        "As many keys of the account are alive as an account may have.",
        "Revoke a key that is no longer used.");

    public static readonly ApiErrorCode IdempotencyConflict = new(
        "idempotency_conflict", StatusCodes.Status409Conflict, "The Idempotency-Key belongs to another request",
        "The key was used before with another body, or the request that it was first used for still runs.",
        "Use a new key for a new request, and the same body to repeat one; where the header Retry-After is there, after its seconds.");

    public static readonly ApiErrorCode JobFinished = new(
        "job_finished", StatusCodes.Status409Conflict, "The job has ended",
        "The job completed or failed before it could be cancelled.",
        "Nothing needs to be done; ask for the job's status.");

    public static readonly ApiErrorCode OutputExpired = new(
        "output_expired", StatusCodes.Status410Gone, "The link or its content has expired",
        "Links are valid for a limited time, and media is deleted after its retention.",
        "Ask for the job's status again to get a fresh link; upload the file again if it was an upload.");

    public static readonly ApiErrorCode BodyTooLarge = new(
        "body_too_large", StatusCodes.Status413PayloadTooLarge, "The body is too large",
        "JSON is larger than 64 kB, or an upload is larger than the plan allows.",
        "Send less, or change to a plan with larger uploads.");

    public static readonly ApiErrorCode UnsupportedMediaType = new(
        "unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "The content type is not supported",
        "The header Content-Type is missing or names a type that this path doesn't read.",
        "Send JSON as application/json, and uploads as multipart/form-data or as the file itself with its audio, video or image type.");

    public static readonly ApiErrorCode RateLimited = new(
        "rate_limited", StatusCodes.Status429TooManyRequests, "Too many requests",
        "The account sent more requests per minute than its plan allows, or too many bad keys or log-ins came from this address.",
        "Wait for the seconds in the header Retry-After.");

    public static readonly ApiErrorCode InternalError = new(
        "internal_error", StatusCodes.Status500InternalServerError, "Something went wrong on our side",
        "A fault of the service.",
        "Try again; if it stays, report the requestId.");

    public static readonly ApiErrorCode TemporarilyUnavailable = new(
        "temporarily_unavailable", StatusCodes.Status503ServiceUnavailable, "Temporarily unavailable",
        "A part of the service is starting, restarting or overloaded.",
        "Try again after the seconds in the header Retry-After.");

    public static IReadOnlyList<ApiErrorCode> All { get; } =
    [
        InvalidRequest, UnsupportedSetting, InvalidApiKey, KeyRevoked, InvalidCredentials, InsufficientCredits, Forbidden, NotFound, MethodNotAllowed,
        AlreadyExists, TooManyKeys, IdempotencyConflict, JobFinished, OutputExpired, BodyTooLarge, UnsupportedMediaType, RateLimited, InternalError,
        TemporarilyUnavailable,
    ];
}

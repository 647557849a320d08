namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>
/// What keeps other web sites out of a signed-in browser: response headers, and the refusal of requests that change something
/// and come from another origin. The session cookie is SameSite=Strict and bodies are JSON only; this is the second lock.
/// </summary>
internal static class BrowserGuard
{
    // Blazor compiles WebAssembly (wasm-unsafe-eval); MudBlazor sets style attributes and style elements.
    const string PagePolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseBrowserGuard(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        WriteHeaders(context);
        return IsFromAnotherOrigin(context.Request) ? Refuse(context) : next(context);
    });

    static void WriteHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), usb=()";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.CacheControl = "no-store";
    }

    /// <summary>A browser names the origin of every request that may change something, and of every WebSocket. Programs send none.</summary>
    static bool IsFromAnotherOrigin(HttpRequest request)
    {
        var mayChange = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        if (!mayChange && !request.Path.StartsWithSegments("/hubs"))
            return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return true;
        // Only the host and the port are compared: behind a proxy that ends TLS, the scheme of the two differs.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !IsSameHost(from, request.Host));
    }

    static bool IsSameHost(Uri origin, HostString host) =>
        string.Equals(origin.Host, host.Host, StringComparison.OrdinalIgnoreCase) && (origin.IsDefaultPort ? host.Port is null or 80 or 443 : host.Port == origin.Port);

    static Task Refuse(HttpContext context) =>
        Problems.Of(StatusCodes.Status403Forbidden, "foreign_origin", "This request came from a page of another site.").ExecuteAsync(context);
}

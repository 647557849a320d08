var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapStaticAssets();
app.MapFallbackToFile("index.html");
await app.RunAsync();

/// <summary>The program. Public so that tests can host it.</summary>
public partial class Program;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>Section <c>Database</c> of the configuration. With nothing set: SQLite, in a file under the data folder.</summary>
internal sealed class DatabaseOptions
{
    public Engine Engine { get; set; } = Engine.Sqlite;

    /// <summary>As the engine's own driver takes it. Empty for SQLite: <c>crm.db</c> in the data folder.</summary>
    public string ConnectionString { get; set; } = "";

    /// <exception cref="SettingException">The engine is none that is known.</exception>
    public static DatabaseOptions Of(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection("Database").Get<DatabaseOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            throw new SettingException($"Database:Engine is one of {string.Join(", ", Enum.GetNames<Engine>())}, not {configuration["Database:Engine"]}.");
        }
    }
}

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>Section <c>Database</c> of the configuration. With nothing set: SQLite, in a file under the data folder.</summary>
internal sealed class DatabaseOptions
{
    public Engine Engine { get; set; } = Engine.Sqlite;

    /// <summary>As the engine's own driver takes it. Empty for SQLite: <c>crm.db</c> in the data folder.</summary>
    public string ConnectionString { get; set; } = "";
}

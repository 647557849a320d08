namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>The database of this run: opened, brought up to date before anything else starts, and given to all slices.</summary>
internal static partial class DataPlatform
{
    public static WebApplicationBuilder AddData(this WebApplicationBuilder builder, StartOptions start)
    {
        var options = DatabaseOptions.Of(builder.Configuration);
        if (options.Engine == Engine.Sqlite && options.ConnectionString.Length == 0)
            options.ConnectionString = $"Data Source={Path.Combine(Directory.CreateDirectory(start.DataFolder).FullName, "crm.db")}";
        var database = Opened(options);
        builder.Services
            .AddSingleton(_ => new DataFolder(start.DataFolder, startsEmpty: start.IsDemo))
            .AddSingleton(options)
            .AddSingleton(_ => database)
            .AddSingleton<Migrator>()
            .AddSingleton<IdBlocks>()
            .AddTransient<Leases>()
            .AddSingleton(options.Engine == Engine.Sqlite ? NodeIdentity.Only : NodeIdentity.New())
            .AddSingleton(NodeRoles.Of(builder.Configuration))
            .AddSingleton(TimeProvider.System)
            .AddHostedService<SchemaAtStart>();
        return builder;
    }

    static Database Opened(DatabaseOptions options)
    {
        try
        {
            return new(options);
        }
        catch (ArgumentException error)
        {
            throw new SettingException($"Database:ConnectionString is not one that {options.Engine} understands: {error.Message}");
        }
    }

    /// <summary>
    /// Registered first, so the data folder is ours and the schema is there when the next hosted part starts and when the first
    /// request comes. A command that only touches a row runs beside a server: it never starts this.
    /// </summary>
    sealed partial class SchemaAtStart(DataFolder folder, Migrator migrator, ILogger<SchemaAtStart> log) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            LogFolder(folder.Path);
            await migrator.Run(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(Level = LogLevel.Information, Message = "The data folder is {Folder}")]
        private partial void LogFolder(string folder);
    }
}

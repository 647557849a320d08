using System.Xml.Linq;
using ContactCenterCrm.Server.Platform.Data;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// The keys that protect session cookies and stored secrets. <c>Keys:Folder</c> says where; without it they lie beside the embedded
/// database, or, on a database server, in a table that all nodes read.
/// </summary>
internal static class Keys
{
    public static WebApplicationBuilder AddKeys(this WebApplicationBuilder builder, StartOptions start)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("ContactCenterCrm");
        var engine = builder.Configuration.GetValue("Database:Engine", Engine.Sqlite);
        var folder = builder.Configuration["Keys:Folder"] ?? (engine == Engine.Sqlite ? Path.Combine(start.DataFolder, "keys") : null);
        if (folder is not null)
            protection.PersistKeysToFileSystem(new(folder));
        else
            builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDatabase>();
        return builder;
    }

    sealed class KeysInDatabase(Database database, TimeProvider time) : IConfigureOptions<KeyManagementOptions>, IXmlRepository
    {
        public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

        // The framework asks for keys in the middle of synchronous work, a few times a day.
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var connection = database.Open(CancellationToken.None).GetAwaiter().GetResult();
            return [.. connection.Query<string>(AllSql(database.Dialect).Text).Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var connection = database.Open(CancellationToken.None).GetAwaiter().GetResult();
            connection.Execute(
                StoreSql(database.Dialect).Text,
                new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), createdAt = time.GetUtcNow() });
        }

        static Sql AllSql(Dialect _) => new("SELECT xml FROM data_protection_key ORDER BY name");

        static Sql StoreSql(Dialect dialect) => new(dialect.InsertIfAbsent("data_protection_key", "name, xml, created_at", "name"));
    }
}

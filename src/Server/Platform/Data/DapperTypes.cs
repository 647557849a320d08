using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// One meaning of time on every engine: UTC, to the millisecond. SQLite keeps it as text of fixed width, which sorts as time does;
/// PostgreSQL's driver gives a DateTime back.
/// </summary>
internal static class DapperTypes
{
    static readonly bool Registered = AddHandlers();

    /// <summary>Dapper's handlers are global to the process: they are added once, however often this is called.</summary>
    public static bool Register() => Registered;

    static bool AddHandlers()
    {
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new TimeHandler());
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        return true;
    }

    sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = parameter is SqliteParameter ? TimeText.Of(value) : TimeText.ToMilliseconds(value);

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset time => time,
            DateTime time => new(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            string text => TimeText.Parse(text),
            _ => throw new InvalidCastException($"A time cannot be read from {value.GetType()}."),
        };
    }
}

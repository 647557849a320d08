using System.Data;
using System.Globalization;
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
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            var utc = value.ToUniversalTime();
            utc = new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
            parameter.Value = parameter is SqliteParameter
                ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                : utc;
        }

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset time => time,
            DateTime time => new(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ => throw new InvalidCastException($"A time cannot be read from {value.GetType()}."),
        };
    }
}

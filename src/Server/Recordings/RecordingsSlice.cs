using ContactCenterCrm.Server.Calls;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>The sound of calls: expected, taken in, kept, heard by those who may, deleted by rule.</summary>
internal static class RecordingsSlice
{
    public static IServiceCollection AddRecordings(this IServiceCollection services) => services
        .AddSingleton<RecordingStore>()
        .AddSingleton<RecordingIntake>()
        .AddSingleton<RecordingList>()
        .AddSingleton<RecordingRules>()
        .AddSingleton<RecordingShares>()
        .AddSingleton<RecordingUses>()
        .AddSingleton<RecordingComments>()
        .AddSingleton<RecordingTickets>()
        .AddSingleton<Listening>()
        .AddSingleton<RecordingRetention>()
        .AddSingleton<RecordingCheck>()
        .AddSingleton<MissingRecordings>()
        .AddSingleton<ICallWatcher, RecordingWatch>();

    public static void MapRecordings(this IEndpointRouteBuilder api)
    {
        api.MapRecordingEndpoints();
        api.MapRecordingComments();
        api.MapRecordingAdmin();
        api.MapRelayedRecordings();
    }
}

using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Jobs;

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
        .AddSingleton<ICallWatcher, RecordingWatch>()
        .AddJob<MissingRecordingsJob>("recordings.missing", "20 * * * * ?")
        .AddJob<RecordingRetentionJob>("recordings.retention", "0 15 2 * * ?")
        .AddJob<RecordingCheckJob>("recordings.check", "0 10/30 * * * ?")
        .AddJob<StrayBlobsJob>("recordings.strays", "0 45 3 * * ?");

    public static void MapRecordings(this IEndpointRouteBuilder api)
    {
        api.MapRecordingEndpoints();
        api.MapRecordingComments();
        api.MapRecordingAdmin();
        api.MapRelayedRecordings();
    }
}

using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ContactCenterCrm.UI.Recordings;

/// <summary>What is to be heard.</summary>
/// <param name="Recording">There is sound of it, and the listener may hear it.</param>
/// <param name="Call">Null: it was shown to somebody who may not see the call.</param>
public sealed record Track(RecordingItem Recording, CallItem? Call);

/// <summary>
/// The player at the foot of every page: it goes on while its listener looks at other pages. The sound and its picture are in
/// wwwroot/js/player.js; here is what is played, its comments, and what the server said to it.
/// </summary>
internal sealed class Player(IJSRuntime js, RecordingsApi api, Toasts toasts, Preferences preferences, TimeProvider time) : IAsyncDisposable
{
    public static readonly IReadOnlyList<double> Speeds = [0.75, 1, 1.25, 1.5, 1.75, 2];

    /// <summary>A ticket that runs out is renewed; sound that breaks again at once does not play.</summary>
    static readonly TimeSpan BreaksAgainWithin = TimeSpan.FromSeconds(5);

    IJSInProcessObjectReference? module;
    DotNetObjectReference<Player>? self;
    IReadOnlyList<Track> queue = [];
    DateTimeOffset? brokeAt;
    int opened;

    public event Action? Changed;

    /// <summary>The listener wants to write a comment at this moment.</summary>
    public event Action? CommentWanted;

    /// <summary>Null: there is no player on the page.</summary>
    public Track? Track { get; private set; }

    public RecordingPeaks? Peaks { get; private set; }
    public IReadOnlyList<RecordingComment> Comments { get; private set; } = [];
    public Problem? Problem { get; private set; }
    public bool IsPlaying { get; private set; }
    public double Position { get; private set; }

    /// <summary>In seconds; 0 while it is not known.</summary>
    public double Length { get; private set; }

    public double Speed { get; private set; } = 1;
    public bool SkipsSilence { get; private set; }

    /// <summary>Without its loudness nobody knows where it is silent.</summary>
    public bool CanSkipSilence => Peaks is { Channels.Count: > 0 };

    public bool HasNext => Next is not null;

    Track? Next => Track is null ? null : queue.SkipWhile(track => track.Recording.Id != Track.Recording.Id).Skip(1).FirstOrDefault();

    public bool IsAt(long recordingId) => Track?.Recording.Id == recordingId;

    /// <summary>The player's place on the page is there.</summary>
    public async Task Mount(ElementReference root)
    {
        module = await js.InvokeAsync<IJSInProcessObjectReference>("import", "./js/player.js");
        self ??= DotNetObjectReference.Create(this);
        module.InvokeVoid("mount", root, self);
    }

    /// <summary>Plays it from the beginning; what plays already is paused, or goes on.</summary>
    /// <param name="next">What can be gone on to.</param>
    public Task Play(Track track, IReadOnlyList<Track> next)
    {
        queue = next;
        if (!IsAt(track.Recording.Id))
            return Open(track);
        Toggle();
        return Task.CompletedTask;
    }

    public Task PlayNext() => Next is { } next ? Open(next) : Task.CompletedTask;

    public void Toggle() => module?.InvokeVoid("toggle");

    public void Seek(double seconds)
    {
        module?.InvokeVoid("seek", seconds);
        Position = Math.Clamp(seconds, 0, Length > 0 ? Length : seconds);
        Changed?.Invoke();
    }

    public void SetSpeed(double speed) => module?.InvokeVoid("setRate", speed);

    public void SkipSilence(bool on)
    {
        SkipsSilence = on;
        module?.InvokeVoid("setSkips", on);
        Changed?.Invoke();
    }

    public void Close()
    {
        opened++;
        module?.InvokeVoid("unload");
        (Track, Peaks, Comments, Problem, IsPlaying, Position, Length) = (null, null, [], null, false, 0, 0);
        Changed?.Invoke();
    }

    public async Task Download()
    {
        if (Track is not { } track)
            return;
        if ((await api.Download(track.Recording.Id, CancellationToken.None)).Succeeded(out var ticket, out var problem))
            module?.InvokeVoid("save", ticket.Url);
        else
            Say(problem);
    }

    /// <summary>Null: it is written; else why not.</summary>
    public async Task<Problem?> Comment(double atSeconds, string text)
    {
        if (Track is not { } track)
            return null;
        if (!(await api.Comment(track.Recording.Id, atSeconds, text, CancellationToken.None)).Succeeded(out var added, out var problem))
            return problem;
        Show([.. Comments.Append(added).OrderBy(comment => comment.AtSeconds).ThenBy(comment => comment.Id)]);
        toasts.Say(preferences.Texts.Recordings.CommentAdded);
        return null;
    }

    public async Task Remove(RecordingComment comment)
    {
        if (Track is { } track && (await api.RemoveComment(track.Recording.Id, comment.Id, CancellationToken.None)).Problem is null)
            Show([.. Comments.Where(other => other.Id != comment.Id)]);
    }

    [JSInvokable]
    public void OnTime(double seconds)
    {
        Position = seconds;
        Changed?.Invoke();
    }

    [JSInvokable]
    public void OnState(bool isPlaying, bool hasEnded, double speed, double length)
    {
        (IsPlaying, Speed, Length) = (isPlaying, speed, length);
        if (hasEnded)
            Position = length;
        Changed?.Invoke();
    }

    /// <summary>The address has expired, the network is away, or the sound is of a kind that this browser cannot play.</summary>
    [JSInvokable]
    public async Task OnBroken(double seconds)
    {
        if (Track is not { } track)
            return;
        var now = time.GetUtcNow();
        if (now - brokeAt < BreaksAgainWithin)
        {
            Say(Problem.Unplayable);
            return;
        }

        brokeAt = now;
        await Begin(track, seconds, opened);
    }

    [JSInvokable]
    public Task OnKey(string wanted)
    {
        if (wanted == "next")
            return PlayNext();
        CommentWanted?.Invoke();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        if (module is not null)
            await module.DisposeAsync();
    }

    async Task Open(Track track)
    {
        var mine = ++opened;
        (Track, Peaks, Comments, Problem, Position, Length, brokeAt) = (track, null, [], null, 0, track.Recording.DurationSeconds ?? 0, null);
        Changed?.Invoke();
        var id = track.Recording.Id;
        var (peaks, comments) = (api.Peaks(id, CancellationToken.None), api.Comments(id, CancellationToken.None));
        await Begin(track, 0, mine);
        // Both are of help, and neither is needed: without them it still plays.
        var known = (await peaks).Succeeded(out var loudness, out _) ? loudness : null;
        var said = (await comments).Succeeded(out var written, out _) ? written : [];
        if (mine != opened)
            return;
        Peaks = known;
        Show(said);
    }

    async Task Begin(Track track, double at, int mine)
    {
        var answer = await api.Play(track.Recording.Id, CancellationToken.None);
        if (mine != opened)
            return;
        if (answer.Succeeded(out var ticket, out var problem))
            module?.InvokeVoid("load", ticket.Url, at, ticket.DurationSeconds ?? Length);
        else
            Say(problem);
    }

    void Show(IReadOnlyList<RecordingComment> comments)
    {
        Comments = comments;
        module?.InvokeVoid(
            "picture",
            Peaks?.Channels.Select(channel => channel.Values).ToArray() ?? [],
            Peaks is null ? [] : Silences.Of(Peaks),
            comments.Select(comment => comment.AtSeconds).ToArray());
        Changed?.Invoke();
    }

    void Say(Problem problem)
    {
        (Problem, IsPlaying) = (problem, false);
        Changed?.Invoke();
    }
}

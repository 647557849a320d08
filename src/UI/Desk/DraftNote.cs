using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Desk;

/// <summary>
/// A note while it is typed. Each letter is kept in the browser at once and saved at the server within two seconds; the
/// browser's copy goes only when the server confirmed that very text. So neither a crash, nor a dead server, nor a closed tab
/// loses it.
/// </summary>
public sealed class DraftNote : IDisposable
{
    static readonly TimeSpan SaveAfter = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    readonly Func<string, CancellationToken, Task<Answer<Done>>> save;
    readonly Action<string?> keep;
    readonly TimeProvider time;
    readonly ITimer timer;
    string confirmed;
    Task<bool>? saving;
    bool isGone;

    /// <param name="save">Saves a text at the server.</param>
    /// <param name="keep">Keeps a text in the browser; null forgets it.</param>
    /// <param name="confirmed">What the server has.</param>
    /// <param name="kept">What the browser kept of an earlier visit; null for nothing.</param>
    public DraftNote(Func<string, CancellationToken, Task<Answer<Done>>> save, Action<string?> keep, TimeProvider time, string confirmed, string? kept)
    {
        (this.save, this.keep, this.time, this.confirmed) = (save, keep, time, confirmed);
        timer = time.CreateTimer(_ => _ = Save(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Text = kept ?? confirmed;
        if (IsSaved)
            keep(null);
        else
            Wait(TimeSpan.Zero);
    }

    public event Action? Changed;

    public string Text { get; private set; }

    /// <summary>The server has exactly this text.</summary>
    public bool IsSaved => Text == confirmed;

    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Why the last attempt to save failed; null when it did not.</summary>
    public Problem? Problem { get; private set; }

    public void Type(string text)
    {
        Text = text;
        keep(text);
        Wait(SaveAfter);
        Changed?.Invoke();
    }

    /// <summary>The server has this text, typed in another tab or on another PC. What is being typed here goes first.</summary>
    public void Hear(string text)
    {
        if (!IsSaved || saving is { IsCompleted: false } || text == confirmed)
            return;
        Text = confirmed = text;
        Changed?.Invoke();
    }

    /// <summary>Saves now what is not saved; true when the server has all of it afterwards.</summary>
    public Task<bool> Save() => saving is { IsCompleted: false } ? saving : saving = SaveAll();

    public void Dispose()
    {
        isGone = true;
        timer.Dispose();
    }

    /// <summary>Goes on while more was typed during the saving.</summary>
    async Task<bool> SaveAll()
    {
        while (!IsSaved && !isGone)
        {
            await SaveOnce(Text);
            if (Problem is not null)
                break;
        }

        return IsSaved;
    }

    async Task SaveOnce(string text)
    {
        var answer = await save(text, CancellationToken.None);
        if (isGone)
            return;

        Problem = answer.Problem;
        if (Problem is null)
        {
            (confirmed, SavedAt) = (text, time.GetUtcNow());
            if (IsSaved)
                keep(null);
        }
        else if (Problem.MayPass)
        {
            Wait(RetryAfter);
        }

        Changed?.Invoke();
    }

    void Wait(TimeSpan due) => timer.Change(due, Timeout.InfiniteTimeSpan);
}

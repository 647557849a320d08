using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Platform;

/// <summary>A list that is loaded page after page by the server's cursor. An answer that a newer question overtook is dropped.</summary>
public sealed class KeysetList<T>
{
    readonly List<T> items = [];
    int asked;
    string? next;

    /// <summary>Asks for the page before a cursor; null for the first one.</summary>
    internal Func<string?, CancellationToken, Task<Answer<Page<T>>>> Ask { get; set; } = (_, _) => throw new InvalidOperationException("Say first what to ask for.");

    public IReadOnlyList<T> Items => items;

    public bool IsLoaded { get; private set; }

    public bool IsLoading { get; private set; }

    public bool HasMore => next is not null;

    public Problem? Problem { get; private set; }

    /// <summary>From the beginning. What is shown stays until the answer is there.</summary>
    public Task Start(CancellationToken cancel) => Load(null, cancel);

    /// <summary>Begins with a page that is there already.</summary>
    internal void StartWith(Page<T> first)
    {
        asked++;
        Take(first, replace: true);
    }

    public Task More(CancellationToken cancel) => next is null || IsLoading ? Task.CompletedTask : Load(next, cancel);

    internal void Insert(T item) => items.Insert(0, item);

    async Task Load(string? before, CancellationToken cancel)
    {
        var mine = ++asked;
        IsLoading = true;
        var answer = await Ask(before, cancel);
        if (mine != asked)
            return;

        IsLoading = false;
        if (answer.Succeeded(out var page, out var problem))
            Take(page, replace: before is null);
        Problem = problem;
    }

    void Take(Page<T> page, bool replace)
    {
        if (replace)
            items.Clear();
        items.AddRange(page.Items);
        (next, IsLoaded, IsLoading) = (page.Next, true, false);
    }
}

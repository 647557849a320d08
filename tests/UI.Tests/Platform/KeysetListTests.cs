using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Platform;

public sealed class KeysetListTests
{
    [Test]
    public async Task Pages_follow_each_other_by_the_servers_cursor()
    {
        var asked = new List<string?>();
        var list = new KeysetList<int> { Ask = (before, _) => Answer(asked, before) };

        await list.Start(CancellationToken.None);
        await list.More(CancellationToken.None);
        await list.More(CancellationToken.None);

        Assert.That(list.Items, Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(asked, Is.EqualTo(new[] { null, "two" }));
        Assert.That(list.HasMore, Is.False);
    }

    [Test]
    public async Task An_answer_that_a_newer_question_overtook_is_dropped()
    {
        var slow = new TaskCompletionSource<Answer<Page<int>>>();
        var list = new KeysetList<int> { Ask = (_, _) => slow.Task };
        var overtaken = list.Start(CancellationToken.None);
        list.Ask = (_, _) => Task.FromResult(new Answer<Page<int>>(new Page<int> { Items = [7] }));

        await list.Start(CancellationToken.None);
        slow.SetResult(new(new Page<int> { Items = [1] }));
        await overtaken;

        Assert.That(list.Items, Is.EqualTo(new[] { 7 }));
    }

    [Test]
    public async Task A_problem_leaves_what_was_loaded()
    {
        var list = new KeysetList<int> { Ask = (_, _) => Answer([], null) };
        await list.Start(CancellationToken.None);
        list.Ask = (_, _) => Task.FromResult(new Answer<Page<int>>(Problem.Offline));

        await list.More(CancellationToken.None);

        Assert.That(list.Items, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(list.Problem?.Code, Is.EqualTo("offline"));
    }

    static Task<Answer<Page<int>>> Answer(List<string?> asked, string? before)
    {
        asked.Add(before);
        var page = before is null ? new Page<int> { Items = [1, 2], Next = "two" } : new Page<int> { Items = [3, 4] };
        return Task.FromResult(new Answer<Page<int>>(page));
    }
}

using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Desk;

public sealed class DraftNoteTests
{
    readonly FakeTimeProvider time = new();
    readonly List<string> saved = [];
    string? kept;
    Problem? refusal;

    [SetUp]
    public void Begin()
    {
        saved.Clear();
        (kept, refusal) = (null, null);
    }

    [Test]
    public void Every_letter_is_kept_in_the_browser_at_once()
    {
        using var note = Note("");

        note.Type("a");

        Assert.That(kept, Is.EqualTo("a"));
        Assert.That(note.IsSaved, Is.False);
    }

    [Test]
    public void The_server_has_it_within_two_seconds_after_the_last_letter_and_the_browsers_copy_goes()
    {
        using var note = Note("");
        note.Type("a");
        time.Advance(TimeSpan.FromSeconds(1));
        note.Type("ab");

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(saved, Is.EqualTo(new[] { "ab" }));
        Assert.That(note.IsSaved, Is.True);
        Assert.That(kept, Is.Null);
    }

    [Test]
    public void What_the_server_did_not_get_is_kept_and_tried_again()
    {
        using var note = Note("");
        refusal = Problem.Offline;
        note.Type("lost?");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(note.Problem?.Code, Is.EqualTo("offline"));
        Assert.That(kept, Is.EqualTo("lost?"));

        refusal = null;
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(saved, Is.EqualTo(new[] { "lost?" }));
        Assert.That(kept, Is.Null);
    }

    [Test]
    public void A_refusal_for_good_is_not_repeated_and_the_text_stays_in_the_browser()
    {
        using var note = Note("");
        refusal = Problem.NotThere;
        note.Type("text");
        time.Advance(TimeSpan.FromSeconds(2));

        refusal = null;
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(saved, Is.Empty);
        Assert.That(kept, Is.EqualTo("text"));
    }

    [Test]
    public void After_a_crash_the_browsers_copy_goes_before_what_the_server_has()
    {
        using var note = new DraftNote(Save, text => kept = text, time, confirmed: "old", kept: "newer");

        time.Advance(TimeSpan.Zero);

        Assert.That(note.Text, Is.EqualTo("newer"));
        Assert.That(saved, Is.EqualTo(new[] { "newer" }));
    }

    [Test]
    public void What_another_tab_typed_is_shown_unless_something_is_typed_here()
    {
        using var note = Note("a");
        note.Hear("from the other tab");
        Assert.That(note.Text, Is.EqualTo("from the other tab"));

        note.Type("mine");
        note.Hear("again from there");

        Assert.That(note.Text, Is.EqualTo("mine"));
    }

    [Test]
    public async Task What_is_typed_while_saving_is_saved_too()
    {
        var slow = new TaskCompletionSource<Answer<Done>>();
        var calls = new List<string>();
        using var note = new DraftNote((text, _) => Slowly(text), text => kept = text, time, "", null);
        note.Type("first");
        var saving = note.Save();
        note.Type("first and second");

        slow.SetResult(new(Done.Value));

        Assert.That(await saving, Is.True);
        Assert.That(calls, Is.EqualTo(new[] { "first", "first and second" }));
        Assert.That(kept, Is.Null);

        Task<Answer<Done>> Slowly(string text)
        {
            calls.Add(text);
            return calls.Count == 1 ? slow.Task : Task.FromResult(new Answer<Done>(Done.Value));
        }
    }

    DraftNote Note(string confirmed) => new(Save, text => kept = text, time, confirmed, kept: null);

    Task<Answer<Done>> Save(string text, CancellationToken cancel)
    {
        if (refusal is not null)
            return Task.FromResult(new Answer<Done>(refusal));
        saved.Add(text);
        return Task.FromResult(new Answer<Done>(Done.Value));
    }
}

using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>What a gate says, without any table.</summary>
sealed class GateTests
{
    const long New = 1, Qualified = 2, Offer = 3, Won = 4, Lost = 5;
    const long Call = 11;

    static readonly Funnel funnel = new()
    {
        Id = 1,
        Name = "Sales",
        Version = 1,
        Stages =
        [
            new() { Id = New, Name = "New" },
            new() { Id = Qualified, Name = "Qualified", Fields = [new() { Field = "amount", SetByName = "Maria" }], Tasks = [new() { Id = Call, Subject = "Call", IsRequired = true, CallSeconds = 30 }] },
            new() { Id = Offer, Name = "Offer", Fields = [new() { Field = "f7" }] },
            new() { Id = Won, Name = "Won", Kind = StageKind.Won, Fields = [new() { Field = "items" }] },
            new() { Id = Lost, Name = "Lost", Kind = StageKind.Lost, Fields = [new() { Field = "source" }] },
        ],
    };

    [TestCase(null, New, "", ExpectedResult = "")]
    [TestCase(New, Qualified, "", ExpectedResult = "field amount of 2", TestName = "A stage asks its own fields")]
    [TestCase(New, Qualified, "amount", ExpectedResult = "")]
    [TestCase(New, Offer, "amount f7", ExpectedResult = "transition of 3, task 11 of 2", TestName = "A stage that is left out asks, too")]
    [TestCase(null, Offer, "", ExpectedResult = "field amount of 2, field f7 of 3, task 11 of 2", TestName = "One that is made anywhere has what all before ask")]
    [TestCase(Qualified, New, "", ExpectedResult = "", TestName = "Back it may always go")]
    [TestCase(Offer, Won, "amount f7", ExpectedResult = "field items of 4, task 11 of 2", TestName = "Won asks what all stages ask")]
    [TestCase(Qualified, Won, "amount f7 items", ExpectedResult = "transition of 4, task 11 of 2", TestName = "Won comes after the last one")]
    [TestCase(New, Lost, "", ExpectedResult = "field source of 5, loss_reason of 5", TestName = "Nobody finishes what is given up")]
    [TestCase(Won, Lost, "source", ExpectedResult = "transition of 5, loss_reason of 5")]
    [TestCase(Won, Qualified, "amount", ExpectedResult = "", TestName = "A closed one is opened again")]
    [TestCase(New, 99L, "", ExpectedResult = "stage of ")]
    [TestCase(77L, New, "", ExpectedResult = "", TestName = "One whose stage is gone begins anywhere")]
    public string Says(long? from, long to, string filled) => Words(Gate.Unmet(funnel, new() { StageId = from, Filled = Fields(filled) }, to));

    [TestCase(false, false, 60, ExpectedResult = "task")]
    [TestCase(true, false, 29, ExpectedResult = "call")]
    [TestCase(true, false, 30, ExpectedResult = "")]
    [TestCase(false, true, 0, ExpectedResult = "")]
    public string Believes(bool isDone, bool isExcused, int seconds) => string.Join(", ", Gate.Unmet(funnel, new()
    {
        StageId = Qualified,
        Filled = Fields("amount f7"),
        Tasks = new Dictionary<long, GateTask> { [Call] = new(5, isDone, isExcused, seconds) },
    }, Offer).Select(unmet => unmet.What));

    [Test]
    public void What_is_unmet_says_who_asked_and_what_to_do()
    {
        var unmet = Gate.Unmet(funnel, new() { StageId = Qualified, Filled = Fields("f7"), Tasks = new Dictionary<long, GateTask> { [Call] = new(5, IsDone: false) } }, Offer);
        Assert.That(unmet[0], Is.EqualTo(new UnmetItem { What = "field", StageId = Qualified, Field = "amount", SetByName = "Maria" }));
        Assert.That(unmet[1], Is.EqualTo(new UnmetItem { What = "task", StageId = Qualified, Name = "Call", StageTaskId = Call, TaskId = 5, CallSeconds = 30 }));
    }

    [Test]
    public void Transitions_that_somebody_chose_are_the_only_ones()
    {
        var chosen = funnel with { Stages = [.. funnel.Stages.Select(stage => stage.Id == New ? stage with { NextIds = [Offer] } : stage)] };
        Assert.That(Words(Gate.Unmet(chosen, new() { StageId = New, Filled = Fields("amount f7 source"), HasLossReason = true }, Lost)), Is.EqualTo("transition of 5"));
        Assert.That(Words(Gate.Unmet(chosen, new() { StageId = New, Filled = Fields("amount f7") }, Offer)), Is.EqualTo("task 11 of 2"));
    }

    [Test]
    public void Nobody_goes_past_a_missing_reason_or_stage() => Assert.That(
        new[] { "field", "task", "call", "message", "transition", "loss_reason", "stage" }.Where(what => Gate.MayBeOverridden(new() { What = what })),
        Is.EqualTo(new[] { "field", "task", "call", "message", "transition" }));

    static HashSet<string> Fields(string filled) => [.. filled.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    static string Words(IEnumerable<UnmetItem> unmet) => string.Join(", ", unmet.Select(item => string.Join(' ', new[] { item.What, item.Field ?? $"{item.StageTaskId}", $"of {item.StageId}" }.Where(word => word.Length > 0))));
}

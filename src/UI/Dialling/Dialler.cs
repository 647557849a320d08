using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.SignIn;

namespace ContactCenterCrm.UI.Dialling;

/// <summary>What the call buttons do. One wish at a time; what the server made of it stands at the desk (<see cref="DeskBoard.Dials"/>).</summary>
internal sealed class Dialler(DiallingApi api, DeskBoard board, Session session)
{
    DialRequest? asked;

    public event Action? Changed;

    /// <summary>Who has no phone has no buttons.</summary>
    public bool CanDial => session.Me is { Extensions.Count: > 0 };

    public bool IsAsking { get; private set; }

    /// <summary>Why the server refused the last wish; null when it did not, or when it only asks for the phone.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Several own phones can call: one has to be chosen.</summary>
    public IReadOnlyList<DialPhone> Phones { get; private set; } = [];

    public Task Call(string number, long? clientId) => Ask(new() { Number = number, ClientId = clientId });

    /// <summary>Once more, from the same phone.</summary>
    public Task Again(DialItem failed) =>
        Ask(new() { Number = failed.Number, ClientId = failed.ClientId, Pbx = failed.Pbx, Extension = failed.Extension });

    public Task ChoosePhone(DialPhone phone) => asked is null ? Task.CompletedTask : Ask(asked with { Pbx = phone.Pbx, Extension = phone.Extension });

    public void Forget()
    {
        (asked, Problem, Phones) = (null, null, []);
        Changed?.Invoke();
    }

    public async Task Close(DialItem dial)
    {
        board.RemoveDial(dial.Id);
        await api.Close(dial.Id, CancellationToken.None);
    }

    async Task Ask(DialRequest request)
    {
        if (IsAsking)
            return;
        (asked, Problem, Phones, IsAsking) = (request, null, [], true);
        Changed?.Invoke();
        var answer = await api.Dial(request, CancellationToken.None);
        IsAsking = false;
        // What comes of it is told at the desk, from the first moment on.
        if (answer.Problem is { } problem)
        {
            Phones = PhonesOf(problem) ?? [];
            Problem = Phones.Count > 0 ? null : problem;
        }

        Changed?.Invoke();
    }

    static IReadOnlyList<DialPhone>? PhonesOf(Problem problem) =>
        problem is { Code: "several_phones", Body: { } body } && body.TryGetProperty("phones", out var phones)
            ? phones.Deserialize(WireJson.Default.IReadOnlyListDialPhone)
            : null;
}

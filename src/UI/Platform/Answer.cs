using System.Diagnostics.CodeAnalysis;

namespace ContactCenterCrm.UI.Platform;

/// <summary>What came of asking the server: the value, or the problem. The caller has to look which.</summary>
public sealed record Answer<T>
{
    readonly T? value;

    public Answer(T value) => this.value = value;

    public Answer(Problem problem) => Problem = problem;

    public Problem? Problem { get; }

    public bool Succeeded([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out Problem? problem)
    {
        (result, problem) = (value, Problem);
        return problem is null;
    }
}

/// <summary>The value of an answer that only says that it was done.</summary>
public sealed record Done
{
    internal static readonly Done Value = new();
}

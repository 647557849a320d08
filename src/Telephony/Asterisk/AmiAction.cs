using System.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Something to ask of the PBX: a name and fields. A line break in a value would smuggle in fields or whole actions, so it is
/// refused here, where every action passes.
/// </summary>
public sealed class AmiAction
{
    private readonly StringBuilder _text = new();

    /// <param name="id">The ActionID, when the caller knows the answers by it; unique over all who speak with the PBX. Null: the line makes one.</param>
    /// <exception cref="ArgumentException">The name or the id has a line break in it.</exception>
    public AmiAction(string name, string? id = null)
    {
        (Name, Id) = (name, id);
        Add("Action", name);
        if (id is not null)
            Check("ActionID", id);
    }

    public string Name { get; }

    internal string? Id { get; }

    /// <exception cref="ArgumentException">The field's name or value has a line break in it, or the name a colon.</exception>
    public AmiAction Add(string name, string value)
    {
        Check(name, value);
        _text.Append(name).Append(": ").Append(value).Append("\r\n");
        return this;
    }

    internal byte[] ToBytes(string actionId) => Encoding.UTF8.GetBytes($"{_text}ActionID: {actionId}\r\n\r\n");

    private void Check(string name, string value)
    {
        if (name.AsSpan().IndexOfAny("\r\n:\0") >= 0 || value.AsSpan().IndexOfAny("\r\n\0") >= 0)
            throw new ArgumentException($"The field {name} of action {Name} has a line break in it.", nameof(value));
    }
}

/// <summary>What the PBX answered: its verdict, its words, and the items when it answered with a list.</summary>
public sealed record AmiAnswer(string ActionId, AmiMessage Response, IReadOnlyList<AmiMessage> Items)
{
    public bool IsSuccess => Response.IsSuccess;
    public string Message => Response[AmiKey.Message];

    /// <summary>The user lacks the privilege for this action.</summary>
    public bool IsDenied => !IsSuccess && Message == "Permission denied";
}

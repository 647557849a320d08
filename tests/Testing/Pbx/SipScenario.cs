using System.Globalization;
using System.Text;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>What a party does in a talk, beside talking.</summary>
public abstract record SipDeed(TimeSpan After);

/// <summary>Presses keys, one by one: a menu's choice, or a feature code as *2 and a number.</summary>
public sealed record PressKeys(TimeSpan After, string Keys) : SipDeed(After);

/// <summary>Transfers the other side without asking, as the transfer key of an IP phone does (REFER), and hangs up.</summary>
public sealed record BlindTransfer(TimeSpan After, string Target) : SipDeed(After);

/// <summary>What a called phone does.</summary>
public abstract record SipBehaviour
{
    /// <summary>As long as a test can last: the other side acts first.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromMinutes(10);

    /// <summary>Rings until the caller gives up or the PBX does.</summary>
    public static SipBehaviour KeepRinging { get; } = new SipAnswer(Forever);

    public static SipBehaviour Busy { get; } = new SipRefusal(486, "Busy Here");
    public static SipBehaviour Decline { get; } = new SipRefusal(603, "Decline");

    /// <summary>Lets the PBX register, as a provider with logins does.</summary>
    public static SipBehaviour LetRegister(string user) => new SipRegistrar(user);

    public static SipBehaviour Refuse(int status, string reason) => new SipRefusal(status, reason);

    /// <summary>Sends the call on to another number (302), which the PBX then calls.</summary>
    public static SipBehaviour Forward(string number) => new SipRefusal(302, "Moved Temporarily", number);

    /// <summary>Rings, picks up, talks until <paramref name="talk"/> is over or the other side hangs up.</summary>
    public static SipBehaviour Answer(TimeSpan ring, TimeSpan? talk = null, params SipDeed[] deeds) => new SipAnswer(ring, talk, deeds);

    /// <summary>The same, and its sound is heard: quieter than that of a caller who speaks, so that the two can be told apart.</summary>
    public static SipBehaviour AnswerAndSpeak(TimeSpan ring) => new SipAnswer(ring) { Speaks = true };
}

sealed record SipAnswer(TimeSpan Ring, TimeSpan? Talk = null, params SipDeed[] Deeds) : SipBehaviour
{
    public bool Speaks { get; init; }
}

sealed record SipRegistrar(string User) : SipBehaviour;

sealed record SipRefusal(int Status, string Reason, string? ForwardTo = null) : SipBehaviour;

/// <summary>A call to make.</summary>
public sealed record SipDial(string To)
{
    /// <summary>The number that the caller presents: the user of From.</summary>
    public string From { get; init; } = "79161234567";

    /// <summary>The caller's name, as it stands in From; in quotes if it holds more than Latin letters.</summary>
    public string? Name { get; init; }

    /// <summary>How long to wait for an answer before giving up, counted from the last sign of progress.</summary>
    public TimeSpan Patience { get; init; } = SipBehaviour.Forever;

    /// <summary>How long to talk before hanging up; by default until the other side does.</summary>
    public TimeSpan? Talk { get; init; }

    public IReadOnlyList<SipDeed> Deeds { get; init; } = [];

    /// <summary>Sends sound: what a mailbox or a recording needs to have anything to keep. Other parties are silent, without a packet.</summary>
    public bool Speaks { get; init; }

    /// <summary>More SIP headers of the INVITE, for example P-Asserted-Identity.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
}

/// <summary>Fills our SIPp scenarios (the XML files of this folder) with what a test wants.</summary>
static class SipScenario
{
    static readonly int[] refusals = [400, 403, 404, 408, 480, 486, 487, 488, 500, 503, 600, 603];

    public static string Register(string user, string secret, int expiresSeconds) =>
        File("register", new() { ["USER"] = user, ["SECRET"] = secret, ["EXPIRES_SECONDS"] = $"{expiresSeconds}" });

    /// <param name="speech">A file of sound (see <see cref="QuietSpeech"/>).</param>
    public static string Of(SipBehaviour behaviour, string pbx, string speech) => behaviour switch
    {
        SipAnswer answer => File("answer", new()
        {
            ["RING_MS"] = Ms(answer.Ring),
            ["TALK"] = Talk(answer.Talk, answer.Deeds),
            ["SPEECH"] = answer.Speaks ? Play(speech) : "",
        }),
        SipRegistrar registrar => File("registrar", new() { ["USER"] = registrar.User }),
        SipRefusal refusal => File("refuse", new()
        {
            ["STATUS"] = $"{refusal.Status}",
            ["REASON"] = refusal.Reason,
            ["CONTACT"] = refusal.ForwardTo is null ? "" : $"Contact: <sip:{refusal.ForwardTo}@{pbx}>",
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(behaviour)),
    };

    /// <param name="login">The phone's user and secret; null for the trunk, whose address is its proof.</param>
    /// <param name="speech">A file of sound (see <see cref="Speech"/>).</param>
    public static string Of(SipDial dial, string here, (string User, string Secret)? login, string speech)
    {
        var from = $"{(dial.Name is null ? "" : dial.Name + " ")}<sip:{dial.From}@{here}>";
        var values = new Dictionary<string, string>
        {
            ["TO"] = dial.To,
            ["FROM"] = from,
            ["PATIENCE_MS"] = Ms(dial.Patience),
            ["REFUSALS"] = string.Join('\n', refusals.Select(Refusal)),
            ["HEADERS"] = string.Join('\n', dial.Headers),
            ["TALK"] = Talk(dial.Talk, dial.Deeds),
            ["LOGIN"] = "",
            ["SPEECH"] = dial.Speaks ? Play(speech) : "",
        };
        if (login is { } known)
        {
            values["LOGIN"] = File("login", new() { ["TO"] = dial.To, ["FROM"] = from });
            values["HEADERS"] = $"[authentication username={known.User} password={known.Secret}]\n{values["HEADERS"]}".TrimEnd();
        }
        return File("call", values);
    }

    /// <summary>A second of sound in A-law, 8000 samples: a hum of two amplitudes, which no silence detection takes for silence.</summary>
    public static byte[] Speech() => [.. Enumerable.Range(0, 8000).Select(sample => (byte)(sample % 16 < 8 ? 0x25 : 0xA5))];

    /// <summary>The same at a quarter of the amplitude.</summary>
    public static byte[] QuietSpeech() => [.. Enumerable.Range(0, 8000).Select(sample => (byte)(sample % 16 < 8 ? 0x05 : 0x85))];

    // Over and over, as payload type 8.
    static string Play(string speech) => $"""  <nop><action><exec rtp_stream="{speech},-1,8" /></action></nop>""";

    static string Refusal(int status) =>
        $"""  <recv response="{status}" optional="true" timeout="@PATIENCE_MS@" ontimeout="give-up" next="refused" />""";

    static string Talk(TimeSpan? talk, IReadOnlyList<SipDeed> deeds)
    {
        var done = new StringBuilder();
        // Requests within a call are numbered upwards; those before are 1 and 2, the BYE is 900.
        var cseq = 10;
        foreach (var deed in deeds)
            foreach (var (file, values) in Steps(deed))
                done.Append(File(file, new(values) { ["CSEQ"] = $"{cseq++}" }));
        return File("talk", new() { ["TALK_MS"] = Ms(talk ?? SipBehaviour.Forever), ["DEEDS"] = done.ToString() });
    }

    static IEnumerable<(string File, Dictionary<string, string> Values)> Steps(SipDeed deed) => deed switch
    {
        // Nobody presses keys faster than four a second, and a PBX may take faster ones for one.
        PressKeys press => press.Keys.Select((key, at) => ("key", new Dictionary<string, string>
        {
            ["AFTER_MS"] = Ms(at == 0 ? press.After : TimeSpan.FromMilliseconds(250)),
            ["KEY"] = $"{key}",
        })),
        BlindTransfer transfer => [("refer", new() { ["AFTER_MS"] = Ms(transfer.After), ["TARGET"] = transfer.Target })],
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };

    static string Ms(TimeSpan time) => ((int)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    static string File(string name, Dictionary<string, string> values)
    {
        var text = System.IO.File.ReadAllText(Repository.File("tests", "Testing", "Pbx", "Sipp", name + ".xml"));
        foreach (var (key, value) in values.OrderByDescending(pair => pair.Value.Length))
            // A line that stays empty goes: within a SIP message it would end the headers.
            text = value.Length == 0 ? text.Replace($"@{key}@\n", "") : text.Replace($"@{key}@", value);
        return text;
    }
}

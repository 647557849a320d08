using System.Collections.Immutable;
using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>How busy the simulated office is, and who calls it.</summary>
public sealed record DemoTrafficOptions
{
    public double CallsPerMinute { get; init; } = 6;

    /// <summary>No call begins later; null: they never cease.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Half of a conversation lasts longer, half shorter, at most four times as long.</summary>
    public double TalkSeconds { get; init; } = 40;

    /// <summary>Clients who call again and again, as the trunk presents their numbers. Every second call is from one of them.</summary>
    public ImmutableArray<string> KnownNumbers { get; init; } = [];
}

/// <summary>
/// An ordinary day at the simulated office: clients known, new and hidden call its lines, agents pick up after some seconds or
/// miss the call, talk, hold, transfer, and call clients themselves. The same seed gives the same day.
/// </summary>
public sealed class DemoTraffic
{
    private const double FirstCallSeconds = 1.5;

    private static readonly ImmutableArray<string> russianCodes = ["903", "905", "910", "915", "916", "921", "925", "926", "985", "999", "812", "343"];
    private static readonly ImmutableArray<string> foreign = ["+442071838", "+4930901820", "+375291234", "+998901234", "+77011234", "0097142000"];
    private static readonly ImmutableArray<string> spellings = ["7", "+7", "8"];

    private readonly SimulatedPbx _pbx;
    private readonly Random _random;
    private readonly DemoTrafficOptions _options;

    private DemoTraffic(SimulatedPbx pbx, int seed, DemoTrafficOptions options) => (_pbx, _random, _options) = (pbx, new Random(seed), options);

    /// <summary>From now on calls come and go by themselves, the first within two seconds, for as long as the PBX is run.</summary>
    public static void Start(SimulatedPbx pbx, int seed, DemoTrafficOptions options)
    {
        var traffic = new DemoTraffic(pbx, seed, options);
        pbx.ClickToCall = traffic.ClickToCall;
        pbx.After(FirstCallSeconds, traffic.Next);
    }

    private ImmutableArray<SimulatedExtension> Agents => _pbx.Office.Extensions;

    private void Next()
    {
        if (_pbx.Now > _options.Until)
            return;
        _pbx.Begin(_random.Next(100) switch
        {
            < 78 => Inbound(),
            < 95 => Outbound(Pick(Agents).Number, Caller()),
            _ => Internal(),
        });
        // Calls arrive independently of each other: exponential gaps.
        var gap = -Math.Log(1 - _random.NextDouble()) * 60 / _options.CallsPerMinute;
        _pbx.After(Math.Clamp(gap, 0.2, 180 / _options.CallsPerMinute), Next);
    }

    private CallScript Inbound() => new()
    {
        Number = _random.Next(100) < 4 ? null : Caller(),
        Line = Pick(_pbx.Office.Lines).Did,
        MenuChoice = _random.Next(10) < 8 ? 1 + _random.Next(2) : 0,
        MenuSeconds = Between(2, 6),
        Patience = _random.Next(100) < 15 ? Between(4, 15) : Between(40, 120),
        Phones = Reactions(),
        VoicemailSeconds = Between(5, 20),
        Talk = Conversation(mayTransfer: true),
    };

    private CallScript Outbound(string agent, string number) => new()
    {
        Direction = CallDirection.Outbound,
        Agent = agent,
        Number = number,
        Patience = Between(15, 40),
        Phones = Reactions().Add(CallScript.Client, new PhoneReaction(_random.Next(100) switch
        {
            < 70 => PhoneAct.Answer,
            < 85 => PhoneAct.RingOut,
            < 93 => PhoneAct.Busy,
            < 97 => PhoneAct.Decline,
            _ => PhoneAct.NoSuchNumber,
        }, Between(2, 12))),
        Talk = Conversation(mayTransfer: false),
    };

    private CallScript Internal()
    {
        var agent = Pick(Agents).Number;
        var other = Pick(Agents).Number;
        return agent == other
            ? Inbound()
            : new CallScript
            {
                Direction = CallDirection.Internal,
                Agent = agent,
                Number = other,
                Phones = Reactions(),
                Talk = [new HangUp(Between(5, 40), Party.Agent)],
            };
    }

    // The agent wanted this call: the phone is picked up at once.
    private CallScript ClickToCall(string agent, string number)
    {
        var script = Outbound(agent, number);
        return script with { Phones = script.Phones.SetItem(agent, new PhoneReaction(PhoneAct.Answer, Between(1.5, 3))) };
    }

    private ImmutableDictionary<string, PhoneReaction> Reactions() => Agents.ToImmutableDictionary(agent => agent.Number, _ => _random.Next(100) switch
    {
        < 82 => new PhoneReaction(PhoneAct.Answer, Between(2, 9)),
        < 94 => new PhoneReaction(PhoneAct.RingOut, 0),
        _ => new PhoneReaction(PhoneAct.Decline, Between(1, 4)),
    });

    private ImmutableArray<Turn> Conversation(bool mayTransfer)
    {
        // The median of a log-normal length; long tails as in life.
        var length = _options.TalkSeconds * Math.Clamp(Math.Exp(0.7 * Gauss()), 0.1, 4);
        var end = new HangUp(length / 2, _random.Next(100) < 60 ? Party.Client : Party.Agent);
        return _random.Next(100) switch
        {
            < 12 => [new PutOnHold(length / 2, Between(3, 20), Party.Agent), end],
            < 20 when mayTransfer => [new TransferBlind(length / 2, Pick(Agents).Number), end],
            < 27 when mayTransfer => [new TransferAttended(length / 2, Pick(Agents).Number, Between(3, 10)), end],
            _ => [end with { AfterSeconds = length }],
        };
    }

    private string Caller() => _options.KnownNumbers.Length > 0 && _random.Next(2) == 0 ? Pick(_options.KnownNumbers) : Stranger();

    private string Stranger() => _random.Next(100) < 12
        ? Pick(foreign) + Digits(4)
        : Pick(spellings) + Pick(russianCodes) + Digits(7);

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => _random.Next(10).ToString(CultureInfo.InvariantCulture)));

    private T Pick<T>(ImmutableArray<T> from) => from[_random.Next(from.Length)];

    private double Between(double low, double high) => low + _random.NextDouble() * (high - low);

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

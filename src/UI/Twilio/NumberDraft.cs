using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Twilio;

/// <summary>A number at Twilio while an administrator edits it: every field as typed, so nothing is lost to a wrong form.</summary>
public sealed partial record NumberDraft
{
    const int EndpointsMax = 10;
    const int QueueMembersMax = 100;

    public long AccountId { get; init; }
    public string E164 { get; init; } = "";
    public string LineName { get; init; } = "";
    public string Language { get; init; } = "en";
    public string GreetingText { get; init; } = "";
    public string ConsentText { get; init; } = "";
    public bool IsClosed { get; init; }
    public string ClosedText { get; init; } = "";

    /// <summary>One a line.</summary>
    public string Endpoints { get; init; } = "";

    public string RingSeconds { get; init; } = "20";
    public AfterRing AfterRing { get; init; } = AfterRing.Voicemail;
    public string QueueName { get; init; } = "";

    /// <summary>One a line.</summary>
    public string QueueMembers { get; init; } = "";

    public bool TakesVoicemail { get; init; } = true;
    public bool IsRecorded { get; init; }

    public static NumberDraft Of(TwilioNumberItem number) => new()
    {
        AccountId = number.AccountId,
        E164 = number.E164,
        LineName = number.LineName,
        Language = number.Language,
        GreetingText = number.GreetingText,
        ConsentText = number.ConsentText,
        IsClosed = number.IsClosed,
        ClosedText = number.ClosedText,
        Endpoints = string.Join('\n', number.Endpoints),
        RingSeconds = number.RingSeconds.ToString(CultureInfo.InvariantCulture),
        AfterRing = number.AfterRing,
        QueueName = number.QueueName ?? "",
        QueueMembers = string.Join('\n', number.QueueMembers),
        TakesVoicemail = number.TakesVoicemail,
        IsRecorded = number.IsRecorded,
    };

    public TwilioNumberEdit Edit => new()
    {
        AccountId = AccountId,
        E164 = Spaces().Replace(E164, ""),
        LineName = LineName.Trim(),
        Language = Language,
        GreetingText = GreetingText.Trim(),
        ConsentText = ConsentText.Trim(),
        IsClosed = IsClosed,
        ClosedText = ClosedText.Trim(),
        Endpoints = [.. Lines(Endpoints)],
        RingSeconds = int.TryParse(RingSeconds, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
        AfterRing = AfterRing,
        QueueName = QueueName.Trim().NullIfEmpty(),
        QueueMembers = [.. Lines(QueueMembers)],
        TakesVoicemail = TakesVoicemail,
        IsRecorded = IsRecorded,
    };

    internal FieldErrors Check(Texts texts)
    {
        var edit = Edit;
        var isQueue = edit.AfterRing == AfterRing.Queue;
        var check = new FieldCheck(texts.Problem)
            .Required(nameof(E164), edit.E164)
            .That(nameof(E164), NumberForm().IsMatch(edit.E164), texts.Twilio.NumberForm)
            .Length(nameof(LineName), edit.LineName, least: 1, most: 100)
            .Length(nameof(GreetingText), edit.GreetingText, least: 0, most: 500)
            .Length(nameof(ConsentText), edit.ConsentText, least: 0, most: 500)
            .Length(nameof(ClosedText), edit.ClosedText, least: 0, most: 500)
            .That(nameof(RingSeconds), edit.RingSeconds is >= 5 and <= 600, texts.Twilio.RingSecondsForm)
            .That(nameof(TakesVoicemail), edit.AfterRing != AfterRing.Voicemail || edit.TakesVoicemail, texts.Twilio.VoicemailMustBeOn);
        CheckEndpoints(check, nameof(Endpoints), edit.Endpoints, EndpointsMax, texts);
        if (!isQueue)
            return check.Errors;
        check.Length(nameof(QueueName), edit.QueueName, least: 1, most: 64)
            .That(nameof(QueueName), QueueForm().IsMatch(edit.QueueName ?? ""), texts.Twilio.QueueNameForm)
            .That(nameof(QueueMembers), edit.QueueMembers.Count > 0, texts.Twilio.QueueNeedsMembers);
        CheckEndpoints(check, nameof(QueueMembers), edit.QueueMembers, QueueMembersMax, texts);
        return check.Errors;
    }

    static void CheckEndpoints(FieldCheck check, string field, IReadOnlyList<string> endpoints, int most, Texts texts)
    {
        check.That(field, endpoints.Count <= most, texts.Twilio.TooManyEndpoints(most));
        if (endpoints.FirstOrDefault(endpoint => !EndpointForm().IsMatch(endpoint)) is { } wrong)
            check.Errors.Add(field, texts.Twilio.EndpointForm(wrong));
    }

    static IEnumerable<string> Lines(string text) => text.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();

    [GeneratedRegex(@"[\s().-]")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex NumberForm();

    [GeneratedRegex("^[0-9A-Za-z_-]+$")]
    private static partial Regex QueueForm();

    [GeneratedRegex(@"^(client:[0-9A-Za-z_.-]{1,90}|sip:[0-9A-Za-z_.+-]{1,40}@[0-9A-Za-z.-]{1,50}(:\d{1,5})?|\+[1-9]\d{6,14})$")]
    private static partial Regex EndpointForm();
}

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>Why Twilio did not do what it was asked.</summary>
internal enum TwilioProblem
{
    /// <summary>The stored secret cannot be read with the keys of this installation: nothing was asked.</summary>
    SecretUnreadable,

    /// <summary>The account SID, the auth token or the API key is not right.</summary>
    WrongCredentials,

    /// <summary>They are right, but do not suffice for this.</summary>
    NotAllowed,
    NotFound,

    /// <summary>Twilio did not accept what it was asked; asking again helps nothing.</summary>
    Refused,

    /// <summary>Too much was asked at once, and again after waiting.</summary>
    TooMany,

    /// <summary>It did not answer, or not in time, or with an error of its own. Whether it did it is not known.</summary>
    Unreachable,

    /// <summary>It answered in a way that its API does not have, such as with a redirect: something else stands there.</summary>
    NotTwilio,
}

/// <summary>Twilio did not do what it was asked. The message is Twilio's own words where it said any, and holds no secret.</summary>
/// <param name="status">The HTTP status; null: there was no answer.</param>
/// <param name="code">Twilio's code for the mistake, see https://www.twilio.com/docs/api/errors; null: it named none.</param>
internal sealed class TwilioException(TwilioProblem problem, string message, int? status = null, int? code = null, Exception? inner = null)
    : Exception(message, inner)
{
    public TwilioProblem Problem => problem;
    public int? Status => status;
    public int? Code => code;
}

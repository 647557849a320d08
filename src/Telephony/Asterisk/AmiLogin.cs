namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Says who we are: by the challenge, or with the plain secret where that is asked for or the challenge is refused.</summary>
internal static class AmiLogin
{
    /// <exception cref="AmiLineException">We are not let in.</exception>
    public static async Task Perform(AmiLine line, AmiOptions options, CancellationToken cancel)
    {
        var login = new AmiAction("Login").Add("Username", options.Username);
        var challenge = options.UsePlainLogin ? null : await Challenge(line, cancel);
        if (challenge is null)
            login.Add("Secret", options.Secret);
        else
            login.Add("AuthType", "MD5").Add("Key", AmiChallenge.Key(challenge, options.Secret));
        var answer = await line.Ask(login, keepsItems: false, cancel);
        if (!answer.IsSuccess)
            throw Refusal(answer.Message);
    }

    private static async Task<string?> Challenge(AmiLine line, CancellationToken cancel)
    {
        var answer = await line.Ask(new AmiAction("Challenge").Add("AuthType", "MD5"), keepsItems: false, cancel);
        return answer.IsSuccess && answer.Response[AmiKey.Challenge] is { Length: > 0 } challenge ? challenge : null;
    }

    // manager.c: a wrong name, a wrong secret and an address outside permit/deny get the same words, on purpose.
    private static AmiLineException Refusal(string message) =>
        new(message == "Authentication failed" ? AmiProblem.WrongSecret : AmiProblem.NotAllowed, message);
}

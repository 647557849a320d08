using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Mail;

/// <summary>The mail server while an administrator edits it: every field as typed.</summary>
public sealed partial record MailDraft
{
    public string Host { get; init; } = "";
    public string Port { get; init; } = "587";
    public string Security { get; init; } = nameof(MailSecurity.StartTls);
    public string Username { get; init; } = "";
    public string Password { get; init; } = "";
    public string SenderAddress { get; init; } = "";
    public string SenderName { get; init; } = "";

    public static MailDraft Of(MailServerItem? server) => server is null ? new() : new()
    {
        Host = server.Host,
        Port = server.Port.ToString(CultureInfo.InvariantCulture),
        Security = server.Security.ToString(),
        Username = server.Username ?? "",
        SenderAddress = server.SenderAddress,
        SenderName = server.SenderName,
    };

    public MailServerEdit Edit => new()
    {
        Host = Host.Trim(),
        Port = int.TryParse(Port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
        Security = Enum.Parse<MailSecurity>(Security),
        Username = Username.Trim().NullIfEmpty(),
        Password = Password.NullIfEmpty(),
        SenderAddress = SenderAddress.Trim(),
        SenderName = SenderName.Trim(),
    };

    /// <param name="before">What is stored; null: nothing is.</param>
    internal FieldErrors Check(MailServerItem? before, Texts texts)
    {
        var edit = Edit;
        var keepsPassword = before?.Username is not null && (before.Host, before.Username) == (edit.Host, edit.Username);
        return new FieldCheck(texts.Problem)
            .Required(nameof(Host), edit.Host)
            .That(nameof(Host), HostForm().IsMatch(edit.Host), texts.Mail.HostForm)
            .That(nameof(Port), edit.Port is > 0 and <= 65535, texts.Mail.PortForm)
            .That(nameof(Password), edit.Username is null || edit.Password is not null || keepsPassword, texts.Mail.PasswordAnew)
            .Required(nameof(SenderAddress), edit.SenderAddress)
            .That(nameof(SenderAddress), IsAddress(edit.SenderAddress), texts.Problem.NoEmail)
            .Errors;
    }

    /// <summary>Something before and after one @, without spaces: the server looks closer.</summary>
    internal static bool IsAddress(string text) => Address().IsMatch(text);

    [GeneratedRegex(@"^[^\s/@]+$")]
    private static partial Regex HostForm();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+$")]
    private static partial Regex Address();
}

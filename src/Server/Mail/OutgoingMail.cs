namespace ContactCenterCrm.Server.Mail;

/// <summary>A mail of ours, in plain text.</summary>
/// <param name="Key">What it is: a mail that is sent twice because nobody knows whether it was is the same one to its readers.
/// Letters, digits, dots.</param>
internal sealed record OutgoingMail(string Key, string ToName, string ToAddress, string Subject, string Text);

namespace ContactCenterCrm.Server.Clients;

/// <summary>How much we know of a client.</summary>
internal static class ClientStatus
{
    /// <summary>Only heard of, by one touch.</summary>
    public const string Inquiry = "inquiry";

    /// <summary>A human confirmed who it is, or there was a second touch.</summary>
    public const string Contact = "contact";
}

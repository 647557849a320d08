using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Accounts that the sign-in page shows with their passwords. Empty except in demo mode.</summary>
internal sealed record DemoAccounts(IReadOnlyList<DemoAccount> All);

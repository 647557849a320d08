using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

public static class Roles
{
    public const string Agent = "agent";
    public const string Supervisor = "supervisor";
    public const string Manager = "manager";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Agent, Supervisor, Manager, Admin];
}

/// <summary>What the sign-in page needs to know before anybody is signed in.</summary>
public sealed record SignInInfo
{
    /// <summary>No account exists yet: the first visitor with the set-up code makes the admin.</summary>
    public bool NeedsSetUp { get; init; }

    /// <summary>Demo mode only: accounts to try.</summary>
    public IReadOnlyList<DemoAccount> DemoAccounts { get; init; } = [];
}

public sealed record DemoAccount
{
    public required string Login { get; init; }
    public required string Password { get; init; }
    public required string Role { get; init; }
    public string? Extension { get; init; }
}

public sealed record SignIn
{
    [property: Required, StringLength(100)]
    public string Login { get; init; } = "";

    [property: Required, StringLength(200)]
    public string Password { get; init; } = "";
}

/// <summary>Makes the first admin. The code is printed by the server's console and log at its first start.</summary>
public sealed record SetUp
{
    [property: Required, StringLength(100)]
    public string Code { get; init; } = "";

    [property: Required, StringLength(100, MinimumLength = 2)]
    public string Login { get; init; } = "";

    [property: Required, StringLength(200, MinimumLength = 1)]
    public string Name { get; init; } = "";

    [property: Required, StringLength(200, MinimumLength = 12)]
    public string Password { get; init; } = "";
}

/// <summary>The one who is signed in.</summary>
public sealed record Me
{
    public required long Id { get; init; }
    public required string Login { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Where mails go; null: nowhere.</summary>
    public string? Email { get; init; }

    public bool RemindsByMail { get; init; }

    /// <summary>The language that the person last used, en or ru: mails are written in it. Null: not known yet.</summary>
    public string? Language { get; init; }
}

/// <summary>An account, as the admin sees it.</summary>
public sealed record AgentItem
{
    public required long Id { get; init; }
    public required string Login { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public bool IsActive { get; init; }

    public long? TeamId { get; init; }
    public string? TeamName { get; init; }
    public string? Email { get; init; }

    /// <summary>Locked out after wrong passwords until then; null when not.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public IReadOnlyList<string> Extensions { get; init; } = [];
}

public sealed record AgentEdit
{
    [property: Required, StringLength(100, MinimumLength = 2)]
    public string Login { get; init; } = "";

    [property: Required, StringLength(200, MinimumLength = 1)]
    public string Name { get; init; } = "";

    [property: Required]
    public string Role { get; init; } = Roles.Agent;

    /// <summary>Null leaves the password as it is; required for a new account. At least 12 characters.</summary>
    [property: StringLength(200, MinimumLength = 12)]
    public string? Password { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>Null: in no team.</summary>
    public long? TeamId { get; init; }

    /// <summary>Where mails go; null: nowhere.</summary>
    [property: StringLength(254), EmailAddress]
    public string? Email { get; init; }
}

/// <summary>People who work together: a supervisor hears the recordings of the own team.</summary>
public sealed record TeamItem
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public int Members { get; init; }
}

public sealed record TeamEdit
{
    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";
}

public sealed record PasswordChange
{
    [property: Required, StringLength(200)]
    public string Current { get; init; } = "";

    [property: Required, StringLength(200, MinimumLength = 12)]
    public string New { get; init; } = "";
}

/// <summary>A name to choose from: owners, colleagues.</summary>
public sealed record AgentName
{
    public required long Id { get; init; }
    public required string Name { get; init; }
}

using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Audit;

sealed class AuditTests
{
    [Test]
    public void Nothing_in_the_program_changes_or_removes_what_was_audited()
    {
        var writers = Statement.Of(Dialect.Sqlite).Concat(Statement.Of(Dialect.SqlServer)).Where(statement => statement.Written.Contains("audit_event")).ToList();

        Assert.That(writers, Is.Not.Empty);
        Assert.That(writers.Where(statement => !statement.Text.Contains("INSERT INTO audit_event", StringComparison.Ordinal)
            || statement.Text.Contains("UPDATE", StringComparison.Ordinal) || statement.Text.Contains("DELETE", StringComparison.Ordinal)), Is.Empty);
    }
}

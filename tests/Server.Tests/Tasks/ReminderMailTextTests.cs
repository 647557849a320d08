using ContactCenterCrm.Server.Tasks;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Tasks;

sealed class ReminderMailTextTests
{
    [TestCase("Call +7 (916) 123-45-67 today", "Call … today")]
    [TestCase("89161234567", "…")]
    [TestCase("Ask for Anna, 123-45-67", "Ask for Anna, …")]
    [TestCase("44.20.7946.0018, then 8 800 555 35 35", "…, then …")]
    [TestCase("On 10.03.2026 at 14:00 or 2026-03-11 09:30", "On 10.03.2026 at 14:00 or 2026-03-11 09:30")]
    [TestCase("Order 123456, 3 boxes", "Order 123456, 3 boxes")]
    public void A_mail_holds_no_phone_number(string subject, string written) => Assert.That(ReminderMailText.WithoutNumbers(subject), Is.EqualTo(written));
}

using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Tests.Numbers;

public sealed class NumberPlanTests
{
    private static readonly NumberPlan Russia = new("RU");

    [TestCase("+79161234567")]
    [TestCase("79161234567")]
    [TestCase("89161234567")]
    [TestCase("9161234567")]
    [TestCase("+7-916-123-45-67")]
    [TestCase("+7 (916) 123-45-67")]
    [TestCase(" 8 916 123 45 67 ")]
    [TestCase("0079161234567")]
    [TestCase("81079161234567")]
    [TestCase("+7 916 123-45-67 доб. 12")]
    public void One_subscriber_in_any_spelling_is_one_number(string raw)
    {
        var reading = Russia.Read(raw);

        Assert.That(reading.Verdict, Is.EqualTo(NumberVerdict.Valid));
        Assert.That(reading.E164, Is.EqualTo("+79161234567"));
        Assert.That(reading.Display, Is.EqualTo("+7 916 123-45-67"));
        Assert.That(reading.Raw, Is.EqualTo(raw));
    }

    [TestCase("+442071838750")]
    [TestCase("00442071838750")]
    [TestCase("810442071838750")]
    [TestCase("442071838750")]
    public void A_foreign_number_keeps_its_country(string raw) => Assert.That(Russia.Read(raw).E164, Is.EqualTo("+442071838750"));

    [Test]
    public void A_city_number_without_country_code_belongs_to_the_trunks_country() =>
        Assert.That(Russia.Read("4951112233").E164, Is.EqualTo("+74951112233"));

    [TestCase("02")]
    [TestCase("101")]
    [TestCase("112")]
    public void Service_and_internal_numbers_are_short_and_nobodys_client(string raw)
    {
        Assert.That(Russia.Read(raw).Verdict, Is.EqualTo(NumberVerdict.Short));
        Assert.That(Russia.Read(raw).E164, Is.Null);
    }

    [TestCase("anonymous")]
    [TestCase("Anonymous")]
    [TestCase("Restricted")]
    [TestCase("<unknown>")]
    [TestCase("")]
    [TestCase(null)]
    public void A_withheld_number_is_hidden(string? raw) => Assert.That(Russia.Read(raw).Verdict, Is.EqualTo(NumberVerdict.Hidden));

    [TestCase("hello")]
    [TestCase("1-800-FLOWERS")]
    [TestCase("+7916")]
    [TestCase("79161234567890123")]
    [TestCase("++79161234567")]
    public void What_is_no_number_is_invalid_or_short_and_has_no_E164(string raw)
    {
        Assert.That(Russia.Read(raw).E164, Is.Null);
        Assert.That(Russia.Read(raw).Verdict, Is.Not.EqualTo(NumberVerdict.Valid));
    }

    [Test]
    public void A_text_of_any_length_is_read_without_harm() =>
        Assert.That(Russia.Read(new string('9', 100_000)).Verdict, Is.EqualTo(NumberVerdict.Invalid));

    [Test]
    public void An_extension_is_kept_apart() => Assert.That(Russia.Read("+79161234567 доб. 12").Extension, Is.EqualTo("12"));

    [Test]
    public void Rewrite_rules_apply_in_order_before_reading()
    {
        var plan = new NumberPlan("RU", [new NumberRewrite("^9,", ""), new NumberRewrite("^98", "8")]);

        var reading = plan.Read("9,989161234567");

        Assert.That(reading.RewrittenTo, Is.EqualTo("89161234567"));
        Assert.That(reading.E164, Is.EqualTo("+79161234567"));
        Assert.That(reading.Raw, Is.EqualTo("9,989161234567"));
    }

    [Test]
    public void A_rule_that_is_too_slow_does_not_apply()
    {
        var plan = new NumberPlan("RU", [new NumberRewrite("^(1+)+$", "2")]);

        Assert.That(plan.Read(new string('1', 60) + "x").RewrittenTo, Is.Null);
    }

    [Test]
    public void A_rule_that_is_no_expression_is_refused() => Assert.That(() => new NumberRewrite("(", ""), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void A_country_that_does_not_exist_is_refused() => Assert.That(() => new NumberPlan("XX"), Throws.ArgumentException);

    [Test]
    public void Display_leaves_alone_what_is_no_number() => Assert.That(NumberPlan.Display("101"), Is.EqualTo("101"));
}

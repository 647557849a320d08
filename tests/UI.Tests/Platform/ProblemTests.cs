using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Platform;

public sealed class ProblemTests
{
    [Test]
    public void A_refusal_tells_its_code_and_the_fields_that_are_wrong()
    {
        var problem = Problem.Read(400, """{"title":"Not valid","code":"validation","errors":{"numbers[1]":["no number"],"Name":["too long"]}}""");
        var errors = FieldErrors.Of(problem, Texts.In(Language.English).Problem);

        Assert.That(problem.Code, Is.EqualTo("validation"));
        Assert.That(errors["Numbers"], Is.EqualTo("no number"));
        Assert.That(errors["name"], Is.EqualTo("too long"));
        Assert.That(errors["email"], Is.Null);
    }

    [TestCase("<html>502 Bad Gateway</html>")]
    [TestCase("")]
    [TestCase("[1]")]
    [TestCase("""{"code":5,"errors":"none"}""")]
    public void An_answer_in_a_proxys_own_words_is_still_a_problem(string answer)
    {
        var problem = Problem.Read(502, answer);

        Assert.That(problem.Code, Is.EqualTo("http_502"));
        Assert.That(problem.MayPass, Is.True);
        Assert.That(Texts.In(Language.Russian).Problem.Words(problem), Is.Not.Empty);
    }
}

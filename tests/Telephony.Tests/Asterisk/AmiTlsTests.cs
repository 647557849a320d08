using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

[TestFixture]
[CancelAfter(60_000)]
internal sealed class AmiTlsTests
{
    private X509Certificate2 _certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pbx.test", key, HashAlgorithmName.SHA256);
        var year2020 = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = request.CreateSelfSigned(year2020, year2020.AddYears(100));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    [OneTimeTearDown]
    public void ForgetCertificate() => _certificate.Dispose();

    [Test]
    public async Task TLS_to_a_plain_port_is_a_mismatch()
    {
        await using var bench = AmiBench.WithSimulator(change: options => options with { UseTls = true, Trust = AmiCertificateTrust.Anyone });
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.TlsMismatch));
    }

    [Test]
    public async Task Plain_to_a_TLS_port_is_a_mismatch()
    {
        await using var bench = AmiBench.WithSimulator(
            new SimulatorOptions { Certificate = _certificate }, options => options with { StepTimeout = TimeSpan.FromMinutes(1) });
        var down = await bench.UntilDown();

        Assert.That(down.Problem, Is.EqualTo(AmiProblem.TlsMismatch));
        Assert.That(down.Detail, Does.Contain("speaks TLS"));
    }

    [Test]
    public async Task A_certificate_that_no_authority_signed_is_not_trusted_and_its_fingerprint_is_told()
    {
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { Certificate = _certificate }, options => options with { UseTls = true });
        var down = await bench.UntilDown();

        Assert.That(down.Problem, Is.EqualTo(AmiProblem.TlsMismatch));
        Assert.That(down.Detail, Does.Contain(_certificate.GetCertHashString(HashAlgorithmName.SHA256)));
    }

    [Test]
    public async Task A_pinned_certificate_is_enough()
    {
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { Certificate = _certificate }, options => options with
        {
            UseTls = true,
            Trust = AmiCertificateTrust.Pinned,
            PinnedSha256 = _certificate.GetCertHashString(HashAlgorithmName.SHA256),
        });
        await bench.UntilUp();
    }

    [Test]
    public async Task Another_certificate_than_the_pinned_one_is_not()
    {
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { Certificate = _certificate }, options => options with
        {
            UseTls = true,
            Trust = AmiCertificateTrust.Pinned,
            PinnedSha256 = new string('0', 64),
        });
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.TlsMismatch));
    }
}

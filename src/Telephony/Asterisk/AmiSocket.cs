using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Opens the way to a PBX's AMI port, plain or TLS, and says in plain words why it cannot.</summary>
internal static class AmiSocket
{
    /// <exception cref="AmiLineException">With the problem and its technical words.</exception>
    public static async Task<Stream> Open(AmiOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var socket = await Connect(options, clock, cancel);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return options.UseTls ? await Secure(stream, options, clock, cancel) : stream;
    }

    /// <summary>
    /// Whether a port that says nothing to us waits for a TLS handshake: a client that speaks plainly to it hears nothing, for ever.
    /// </summary>
    public static async Task<bool> SpeaksTls(AmiOptions options, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            var asTls = options with { UseTls = true, Trust = AmiCertificateTrust.Anyone };
            await using var stream = await Open(asTls, clock, cancel);
            return true;
        }
        catch (AmiLineException)
        {
            return false;
        }
    }

    private static async Task<Socket> Connect(AmiOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancel).AsTask().WaitAsync(options.StepTimeout, clock, cancel);
            return socket;
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.ConnectionRefused)
        {
            socket.Dispose();
            throw new AmiLineException(AmiProblem.Refused, $"{options.Host}:{options.Port}: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is SocketException or TimeoutException)
        {
            socket.Dispose();
            throw new AmiLineException(AmiProblem.Unreachable, $"{options.Host}:{options.Port}: {problem.Message}", problem);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> Secure(Stream stream, AmiOptions options, TimeProvider clock, CancellationToken cancel)
    {
        string? rejected = null;
        var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
        {
            var sha256 = certificate?.GetCertHashString(HashAlgorithmName.SHA256);
            if (options.Accepts(sha256, errors))
                return true;
            rejected = $"The certificate is not trusted ({errors}); its SHA-256 is {sha256}.";
            return false;
        });
        try
        {
            await secure.AuthenticateAsClientAsync(options.Host).WaitAsync(options.StepTimeout, clock, cancel);
            return secure;
        }
        catch (Exception problem) when (problem is AuthenticationException or IOException)
        {
            await secure.DisposeAsync();
            throw new AmiLineException(AmiProblem.TlsMismatch, rejected ?? $"The port does not speak TLS: {problem.Message}", problem);
        }
        catch (TimeoutException problem)
        {
            await secure.DisposeAsync();
            throw new AmiLineException(AmiProblem.Timeout, "The TLS handshake was not answered.", problem);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}

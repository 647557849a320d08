using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Win32.SafeHandles;

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>
/// An encrypted file that can be read from any place: pieces of 64 KiB, each sealed by AES-256-GCM with a key that this file alone has. A
/// piece's nonce is its number and whether it is the last one (the STREAM construction, as the age format has it), so a piece that was
/// changed, moved, left out or cut off is found when it is read. docs/decisions/0050.
/// </summary>
/// <remarks>
/// The file: 8 bytes of name and version, 2 bytes length of what follows (big endian), the protected key; then the pieces, each with its tag
/// of 16 bytes behind it; all full but the last, which may be empty only if it is the only one.
/// </remarks>
internal static class SealedFile
{
    const int PieceBytes = 64 * 1024;
    const int TagBytes = 16;
    const int NonceBytes = 12;
    const int KeyBytes = 32;
    const int LeadBytes = 10;

    /// <summary>What a protected key may take: it is about 150 bytes.</summary>
    const int ProtectedKeyMax = 4096;

    static ReadOnlySpan<byte> Name => "CCRMBLB1"u8;

    public static async Task Write(Stream file, Stream content, IDataProtector protector, CancellationToken cancel)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        await file.WriteAsync(Lead(protector.Protect(key)), cancel);
        using var aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        var piece = new byte[PieceBytes];
        var next = new byte[PieceBytes];
        var sealedPiece = new byte[PieceBytes + TagBytes];
        var length = await content.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, cancel);
        for (long number = 0; ; number++)
        {
            // Only a look at the next piece tells whether this one is the last.
            var nextLength = length < PieceBytes ? 0 : await content.ReadAtLeastAsync(next, PieceBytes, throwOnEndOfStream: false, cancel);
            Seal(aes, number, isLast: nextLength == 0, piece.AsSpan(0, length), sealedPiece);
            await file.WriteAsync(sealedPiece.AsMemory(0, length + TagBytes), cancel);
            if (nextLength == 0)
                return;
            (piece, next, length) = (next, piece, nextLength);
        }
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is none that <see cref="Write"/> made with this installation's keys, or it was changed.</exception>
    public static async Task<Stream> Open(string path, IDataProtector protector, CancellationToken cancel)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
        try
        {
            var lead = new byte[LeadBytes];
            await Fill(file, lead, 0, path, cancel);
            var keyLength = BinaryPrimitives.ReadUInt16BigEndian(lead.AsSpan(Name.Length));
            if (!lead.AsSpan(0, Name.Length).SequenceEqual(Name) || keyLength > ProtectedKeyMax)
                throw Changed(path);
            var protectedKey = new byte[keyLength];
            await Fill(file, protectedKey, LeadBytes, path, cancel);
            return new Reader(file, path, new(protector.Unprotect(protectedKey), TagBytes), LeadBytes + keyLength);
        }
        catch (CryptographicException error)
        {
            file.Dispose();
            throw Changed(path, error);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    static byte[] Lead(byte[] protectedKey)
    {
        var lead = new byte[LeadBytes + protectedKey.Length];
        Name.CopyTo(lead);
        BinaryPrimitives.WriteUInt16BigEndian(lead.AsSpan(Name.Length), checked((ushort)protectedKey.Length));
        protectedKey.CopyTo(lead, LeadBytes);
        return lead;
    }

    static void Seal(AesGcm aes, long number, bool isLast, ReadOnlySpan<byte> piece, Span<byte> sealedPiece)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, number, isLast);
        aes.Encrypt(nonce, piece, sealedPiece[..piece.Length], sealedPiece.Slice(piece.Length, TagBytes));
    }

    // 11 bytes of number, 1 byte that is 1 on the last piece. The key is never used for another file, so no nonce comes twice.
    static void WriteNonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce.Slice(3, 8), number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
    }

    static async Task Fill(SafeFileHandle file, Memory<byte> bytes, long from, string path, CancellationToken cancel)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = await RandomAccess.ReadAsync(file, bytes[done..], from + done, cancel);
            done += read > 0 ? read : throw Changed(path);
        }
    }

    static InvalidDataException Changed(string path, Exception? cause = null) => new($"{path} is not what was written.", cause);

    /// <summary>Opens one piece at a time, and keeps the last one that it opened.</summary>
    sealed class Reader : Stream
    {
        readonly SafeFileHandle file;
        readonly string path;
        readonly AesGcm aes;
        readonly long start;
        readonly long pieces;
        readonly byte[] piece = new byte[PieceBytes];
        readonly byte[] sealedPiece = new byte[PieceBytes + TagBytes];
        long opened = -1;

        public Reader(SafeFileHandle file, string path, AesGcm aes, long start)
        {
            (this.file, this.path, this.aes, this.start) = (file, path, aes, start);
            var body = RandomAccess.GetLength(file) - start;
            pieces = (body + sealedPiece.Length - 1) / sealedPiece.Length;
            if (body - pieces * TagBytes is var plain && (plain < 0 || pieces == 0))
                throw Changed(path);
            Length = plain;
        }

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length { get; }
        public override long Position { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length)
            {
                // Who reads to the end has seen the last piece: an empty file is one, too.
                if (Length == 0)
                    await OpenPiece(0, cancellationToken);
                return 0;
            }
            await OpenPiece(Position / PieceBytes, cancellationToken);
            var at = (int)(Position % PieceBytes);
            var count = (int)Math.Min(Math.Min(buffer.Length, PieceBytes - at), Length - Position);
            piece.AsSpan(at, count).CopyTo(buffer.Span);
            Position += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            SeekOrigin.End => Length + offset,
        };

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                aes.Dispose();
                file.Dispose();
            }
            base.Dispose(disposing);
        }

        async Task OpenPiece(long number, CancellationToken cancel)
        {
            if (number == opened)
                return;
            var isLast = number == pieces - 1;
            var length = isLast ? (int)(Length - number * PieceBytes) : PieceBytes;
            await Fill(file, sealedPiece.AsMemory(0, length + TagBytes), start + number * sealedPiece.Length, path, cancel);
            opened = -1;
            Unseal(number, isLast, length);
            opened = number;
        }

        void Unseal(long number, bool isLast, int length)
        {
            Span<byte> nonce = stackalloc byte[NonceBytes];
            WriteNonce(nonce, number, isLast);
            try
            {
                aes.Decrypt(nonce, sealedPiece.AsSpan(0, length), sealedPiece.AsSpan(length, TagBytes), piece.AsSpan(0, length));
            }
            catch (CryptographicException error)
            {
                throw Changed(path, error);
            }
        }
    }
}

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>
/// Where large things lie that nobody searches in: each under a key, written once, read whole or in parts. What a key is for is known
/// by whoever made it.
/// </summary>
internal interface IBlobs
{
    /// <summary>folder or azure: for the admin's eye.</summary>
    string Kind { get; }

    /// <summary>Keeps everything that the stream gives. When this returns it is durable; when it throws, nothing is there.</summary>
    /// <exception cref="IOException">Something is there already under this key, or the storage is away or full.</exception>
    Task Write(string key, Stream content, CancellationToken cancel);

    /// <summary>A stream that can be sought in; only what is read is fetched. Null: there is nothing under this key.</summary>
    /// <exception cref="InvalidDataException">Thrown here or while reading: what is stored is not what was written.</exception>
    /// <exception cref="IOException">The storage is away.</exception>
    Task<Stream?> Open(string key, CancellationToken cancel);

    /// <summary>All keys that begin so, in no order.</summary>
    IAsyncEnumerable<string> List(string prefix, CancellationToken cancel);

    /// <summary>False: there was nothing under this key.</summary>
    Task<bool> Delete(string key, CancellationToken cancel);
}

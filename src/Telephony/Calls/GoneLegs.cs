namespace ContactCenterCrm.Telephony.Calls;

/// <summary>
/// The legs and calls that ended last, so that a late or repeated word about one does not bring it to life again. Holds a fixed number:
/// what comes later than thousands of other legs is taken for new.
/// </summary>
internal sealed class GoneLegs
{
    private const int IdsMax = 8192;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Contains(string id) => _ids.Contains(id);

    public void Add(string id)
    {
        if (!_ids.Add(id))
            return;
        _order.Enqueue(id);
        if (_order.Count > IdsMax)
            _ids.Remove(_order.Dequeue());
    }
}

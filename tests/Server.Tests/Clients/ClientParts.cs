using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Tests.Clients;

/// <summary>What goes with a card in the product.</summary>
static class ClientParts
{
    public static readonly IReadOnlyList<IClientPart> All =
    [
        new LedCards(), new InquiryPart(), new CallPart(), new MessagePart(), new TaskPart(), new DealPart(), new ClientFieldPart(), new NotePart(),
    ];
}

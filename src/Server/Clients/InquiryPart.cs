using ContactCenterCrm.Server.Inquiries;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Where a client came from. It stands here because inquiries know nothing of cards.</summary>
internal sealed class InquiryPart() : ClientPart("inquiry", InquiryStore.CountSql, InquiryStore.OfClientSql, InquiryStore.MoveSql);

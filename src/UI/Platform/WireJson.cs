using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Platform;

/// <summary>How contracts are read and written, generated at compile time: trimming keeps what is used, and no reflection runs in the browser.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(WireEnum<PopKind>), typeof(WireEnum<DeskCardState>)])]
[JsonSerializable(typeof(SignInInfo))]
[JsonSerializable(typeof(Contracts.SignIn))]
[JsonSerializable(typeof(SetUp))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(IReadOnlyList<AgentItem>))]
[JsonSerializable(typeof(IReadOnlyList<AgentName>))]
[JsonSerializable(typeof(AgentEdit))]
[JsonSerializable(typeof(Page<ClientItem>))]
[JsonSerializable(typeof(IReadOnlyList<ClientItem>))]
[JsonSerializable(typeof(ClientCard))]
[JsonSerializable(typeof(ClientEdit))]
[JsonSerializable(typeof(Page<TimelineEntry>))]
[JsonSerializable(typeof(NewNote))]
[JsonSerializable(typeof(Page<CallItem>))]
[JsonSerializable(typeof(CallStory))]
[JsonSerializable(typeof(DeskState))]
[JsonSerializable(typeof(IReadOnlyList<PbxLinkDown>))]
[JsonSerializable(typeof(NoteDraft))]
[JsonSerializable(typeof(LinkCall))]
[JsonSerializable(typeof(IReadOnlyList<PbxLinkItem>))]
[JsonSerializable(typeof(PbxLinkEdit))]
[JsonSerializable(typeof(Page<QuarantineItem>))]
[JsonSerializable(typeof(ExtensionsPage))]
[JsonSerializable(typeof(ExtensionAssignment))]
[JsonSerializable(typeof(Pbx.NumberTestRequest))]
[JsonSerializable(typeof(IReadOnlyList<NumberTest>))]
[JsonSerializable(typeof(StoredPreferences))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>Enums cross the wire as words in snake case.</summary>
internal sealed class WireEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;

using ContactCenterCrm.Contracts;
using MudBlazor;

namespace ContactCenterCrm.UI.Tasks;

internal static class TaskIcons
{
    public static string Of(AgentTaskKind kind) => kind switch
    {
        AgentTaskKind.Call => Icons.Material.Rounded.Call,
        AgentTaskKind.Callback => Icons.Material.Rounded.PhoneCallback,
        AgentTaskKind.Message => Icons.Material.Rounded.Mail,
        AgentTaskKind.Meeting => Icons.Material.Rounded.Groups,
        AgentTaskKind.Document => Icons.Material.Rounded.Description,
    };
}

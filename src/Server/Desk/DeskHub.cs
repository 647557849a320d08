using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Server.Presence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace ContactCenterCrm.Server.Desk;

/// <summary>The live line to an agent's browsers. It only speaks: what an agent does comes over HTTP.</summary>
[Authorize(Rights.Person)]
internal sealed class DeskHub(DeskScreens screens, DeskSessions sessions, PresenceScreens presence) : Hub
{
    public override async Task OnConnectedAsync()
    {
        var agentId = Access.Of(Context.User!).AgentId;
        sessions.Add(Context);
        try
        {
            await presence.Add(Context.ConnectionId, agentId, Context.ConnectionAborted);
        }
        catch
        {
            // A line that never came about is not said to end.
            presence.Remove(Context.ConnectionId);
            throw;
        }
        await Groups.AddToGroupAsync(Context.ConnectionId, DeskScreens.GroupOf(agentId), Context.ConnectionAborted);
        await screens.ShowAll(agentId, state => Clients.Caller.SendAsync(DeskHubNames.State, state, Context.ConnectionAborted), Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Remove(Context);
        presence.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }
}

using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Tasks;

internal sealed class TasksApi(Api api)
{
    public Task<Answer<TaskDay>> Day(bool team, CancellationToken cancel) => api.Get<TaskDay>(team ? "api/tasks?team=true" : "api/tasks", cancel);

    public Task<Answer<AgentTaskItem>> Create(AgentTaskEdit edit, CancellationToken cancel) => api.Post<AgentTaskEdit, AgentTaskItem>("api/tasks", edit, cancel);

    public Task<Answer<AgentTaskItem>> Change(long id, AgentTaskEdit edit, CancellationToken cancel) =>
        api.Put<AgentTaskEdit, AgentTaskItem>($"api/tasks/{id}", edit, cancel);

    public Task<Answer<Done>> Complete(long id, AgentTaskEnd end, CancellationToken cancel) => api.Post($"api/tasks/{id}/complete", end, cancel);

    public Task<Answer<Done>> Cancel(long id, AgentTaskEnd end, CancellationToken cancel) => api.Post($"api/tasks/{id}/cancel", end, cancel);

    public Task<Answer<Done>> Refuse(long id, long callId, CancellationToken cancel) =>
        api.Post($"api/tasks/{id}/refuse-proposal", new TaskProposalRefusal { CallId = callId }, cancel);

    public Task<Answer<IReadOnlyList<ReminderDelivery>>> Deliveries(long id, CancellationToken cancel) =>
        api.Get<IReadOnlyList<ReminderDelivery>>($"api/tasks/{id}/deliveries", cancel);

    public Task<Answer<IReadOnlyList<ReminderItem>>> Reminders(CancellationToken cancel) => api.Get<IReadOnlyList<ReminderItem>>("api/reminders", cancel);

    public Task<Answer<Done>> See(CancellationToken cancel) => api.Post("api/reminders/seen", cancel);

    public Task<Answer<Done>> Acknowledge(long id, CancellationToken cancel) => api.Post($"api/reminders/{id}/acknowledge", cancel);

    public Task<Answer<Done>> Snooze(long id, int minutes, CancellationToken cancel) =>
        api.Post($"api/reminders/{id}/snooze", new ReminderSnooze { Minutes = minutes }, cancel);
}

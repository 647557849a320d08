using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Agents;

/// <summary>Accounts, as the administrator sees them.</summary>
public sealed class AgentTexts(Language language) : TextGroup(language)
{
    public string Title => Say("People", "Люди");
    public string New => Say("New account", "Новая учётная запись");
    public string Edit(string name) => Say($"Account of {name}", $"Учётная запись: {name}");
    public string Name => Say("Name", "Имя");
    public string Login => Say("Login", "Логин");
    public string Role => Say("Role", "Роль");
    public string Phones => Say("Phones", "Номера");
    public string NoPhone => Say("none", "нет");
    public string State => Say("State", "Состояние");
    public string Actions => Say("Actions", "Действия");
    public string Active => Say("Active", "Действует");
    public string Inactive => Say("Switched off", "Отключён");
    public string Locked(string until) => Say($"Locked until {until}", $"Заблокирован до {until}");
    public string Unlock => Say("Unlock", "Разблокировать");
    public string Unlocked(string name) => Say($"{name} can sign in again.", $"{name} снова может войти.");
    public string Saved => Say("The account is saved.", "Учётная запись сохранена.");
    public string IsActive => Say("May sign in", "Может входить");
    public string IsActiveHint => Say("Switch it off instead of deleting: the history keeps the name.", "Отключайте вместо удаления: имя останется в истории.");
    public string Password => Say("Password", "Пароль");
    public string NewPassword => Say("New password", "Новый пароль");
    public string KeepPassword => Say("Empty: the password stays as it is", "Пусто: пароль останется прежним");
    public string PasswordHint => Say("At least 12 characters", "Не короче 12 символов");

    public string Team => Say("Team", "Команда");
    public string NoTeam => Say("None", "Нет");
    public string TeamHint => Say("A supervisor hears the recordings of the own team.", "Супервизор слушает записи своей команды.");
    public string Teams => Say("Teams", "Команды");
    public string TeamsHint => Say("A team is whose recordings a supervisor hears. Who is in it stands in the account.", "Команда определяет, чьи записи слушает супервизор. Кто в ней, указано в учётной записи.");
    public string ToRules => Say("Who may listen, and how long recordings are kept", "Кому можно слушать и сколько хранятся записи");
    public string NewTeam => Say("Name of a new team", "Название новой команды");
    public string AddTeam => Say("Add", "Добавить");
    public string NameOfTeam(string team) => Say($"Name of the team {team}", $"Название команды {team}");
    public string Members(int number) => Count(number, ("person", "people"), ("человек", "человека", "человек"));
    public string RemoveTeam(string team) => Say($"Delete the team {team}", $"Удалить команду {team}");
    public string RemoveTeamQuestion(string team) => Say($"Delete the team “{team}”?", $"Удалить команду «{team}»?");
    public string TeamsSaved => Say("The teams are saved.", "Команды сохранены.");
}

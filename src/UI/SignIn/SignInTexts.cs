using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.SignIn;

/// <summary>Sign-in, the first start, the own account.</summary>
public sealed class SignInTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Sign in", "Вход");
    public string Welcome => Say("Calls, clients and their history in one place", "Звонки, клиенты и их история в одном месте");
    public string Login => Say("Login", "Логин");
    public string Password => Say("Password", "Пароль");
    public string ShowPassword => Say("Show the password", "Показать пароль");
    public string HidePassword => Say("Hide the password", "Скрыть пароль");
    public string Enter => Say("Sign in", "Войти");
    public string Entering => Say("Signing in…", "Вход…");
    public string ForgotPassword => Say("Forgot the password? An administrator can set a new one.", "Забыли пароль? Администратор может задать новый.");
    public string DemoTitle => Say("Demo accounts", "Демо-доступ");
    public string DemoHint => Say("Choose one to fill in the form.", "Выберите, чтобы заполнить форму.");
    public string DemoExtension(string extension) => Say($"phone {extension}", $"телефон {extension}");
    public string Language => Say("Language", "Язык");
    public string SessionEnded => Say("Your session ended. Sign in again: your notes are kept.", "Сеанс завершён. Войдите снова: заметки сохранены.");

    public string SetUpTitle => Say("First start", "Первый запуск");

    public string SetUpBody => Say(
        "No account exists yet. Make the first administrator: the server printed a set-up code to its console and log when it started.",
        "Учётных записей ещё нет. Создайте первого администратора: при запуске сервер вывел код установки в консоль и журнал.");

    public string SetUpCode => Say("Set-up code", "Код установки");
    public string YourName => Say("Your name", "Ваше имя");
    public string YourNameHint => Say("As colleagues will see it", "Так вас увидят коллеги");
    public string NewPassword => Say("New password", "Новый пароль");
    public string PasswordHint => Say("At least 12 characters; a sentence works well", "Не короче 12 символов; удобна целая фраза");
    public string CreateAdmin => Say("Create the administrator", "Создать администратора");

    public string ChangePassword => Say("Change password", "Сменить пароль");
    public string CurrentPassword => Say("Current password", "Текущий пароль");
    public string PasswordChanged => Say("Your password is changed.", "Пароль изменён.");

    public string Role(string role) => role switch
    {
        Roles.Agent => Say("Agent", "Оператор"),
        Roles.Supervisor => Say("Supervisor", "Супервизор"),
        Roles.Manager => Say("Manager", "Руководитель"),
        Roles.Admin => Say("Administrator", "Администратор"),
        _ => role,
    };
}

namespace ContactCenterCrm.UI.Platform;

/// <summary>Words of every page: buttons and states.</summary>
public sealed class CommonTexts(Language language) : TextGroup(language)
{
    public string Save => Say("Save", "Сохранить");
    public string Saving => Say("Saving…", "Сохранение…");
    public string Saved => Say("Saved", "Сохранено");
    public string Cancel => Say("Cancel", "Отмена");
    public string Close => Say("Close", "Закрыть");
    public string Edit => Say("Edit", "Изменить");
    public string Delete => Say("Delete", "Удалить");
    public string Add => Say("Add", "Добавить");
    public string Remove => Say("Remove", "Убрать");
    public string Refresh => Say("Refresh", "Обновить");
    public string TryAgain => Say("Try again", "Повторить");
    public string ShowMore => Say("Show more", "Показать ещё");
    public string Loading => Say("Loading…", "Загрузка…");
    public string All => Say("All", "Все");
    public string Yes => Say("Yes", "Да");
    public string No => Say("No", "Нет");
    public string Nobody => Say("Nobody", "Никто");
    public string Clear => Say("Clear", "Очистить");
    public string Optional => Say("optional", "необязательно");
    public string Technical => Say("Technical details", "Технические подробности");
    public string LeaveUnsaved => Say("What you typed here is not saved. Leave the page anyway?", "Введённое здесь не сохранено. Всё равно уйти со страницы?");

    public string ClearFilters => Say("Clear filters", "Сбросить фильтры");
    public string NotFoundTitle => Say("There is no such page", "Такой страницы нет");
    public string NotFoundBody => Say("The address may be mistyped, or what it pointed to is gone.", "Возможно, в адресе опечатка или страницы больше нет.");
    public string NoRightTitle => Say("This page is not open to you", "Эта страница вам недоступна");

    public string NoRightBody(string role) => Say(
        $"Your role is “{role}”. Ask an administrator if you need this page.",
        $"Ваша роль — «{role}». Если страница нужна вам, обратитесь к администратору.");

    public string ToStart => Say("To the start page", "На главную");
}

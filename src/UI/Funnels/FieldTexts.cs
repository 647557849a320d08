using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>Words for the product's own fields of deals, and for the kinds that fields have.</summary>
public sealed class FieldTexts(Language language) : TextGroup(language)
{
    public string Name(DealField field) => field.Name ?? Name(field.Key);

    /// <param name="key">One of <see cref="DealFields"/>.</param>
    public string Name(string key) => key switch
    {
        DealFields.Title => Say("Title", "Название"),
        DealFields.Owner => Say("Owner", "Ответственный"),
        DealFields.Amount => Say("Amount", "Сумма"),
        DealFields.Cost => Say("Cost", "Себестоимость"),
        DealFields.Currency => Say("Currency", "Валюта"),
        DealFields.ExpectedClose => Say("Expected close", "Ожидаемое закрытие"),
        DealFields.Source => Say("Source", "Источник"),
        DealFields.Items => Say("Items", "Позиции"),
        DealFields.ClientName => Say("Client's name", "Имя клиента"),
        DealFields.ClientCompany => Say("Client's company", "Компания клиента"),
        DealFields.ClientEmail => Say("Client's e-mail", "Почта клиента"),
        _ => key,
    };

    public string Kind(FieldKind kind) => kind switch
    {
        FieldKind.Text => Say("Text", "Текст"),
        FieldKind.LongText => Say("Long text", "Длинный текст"),
        FieldKind.Number => Say("Number", "Число"),
        FieldKind.Money => Say("Money", "Деньги"),
        FieldKind.Date => Say("Date", "Дата"),
        FieldKind.YesNo => Say("Yes or no", "Да или нет"),
        FieldKind.Choice => Say("One of a list", "Один из списка"),
        FieldKind.Choices => Say("Several of a list", "Несколько из списка"),
        FieldKind.Phone => Say("Phone", "Телефон"),
        FieldKind.Email => Say("E-mail", "Почта"),
        FieldKind.Link => Say("Link", "Ссылка"),
        FieldKind.Agent => Say("Employee", "Сотрудник"),
    };
}

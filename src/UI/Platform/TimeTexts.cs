namespace ContactCenterCrm.UI.Platform;

/// <summary>Times and durations in words and figures, in the browser's time zone.</summary>
public sealed class TimeTexts(Language language) : TextGroup(language)
{
    public string Clock(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm", Culture);

    public string ClockWithSeconds(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", Culture);

    public string Day(DateTimeOffset at) => at.ToLocalTime().ToString("d MMMM yyyy", Culture);

    /// <summary>As short as is clear: 14:05 today, yesterday 14:05, 7 Mar 14:05, 7 Mar 2025.</summary>
    public string Short(DateTimeOffset at, DateTimeOffset now)
    {
        var local = at.ToLocalTime();
        var today = now.ToLocalTime().Date;
        if (local.Date == today)
            return Clock(at);
        if (local.Date == today.AddDays(-1))
            return Say("yesterday ", "вчера ") + Clock(at);
        return local.Year == today.Year
            ? local.ToString("d MMM ", Culture) + Clock(at)
            : local.ToString("d MMM yyyy", Culture);
    }

    public string Full(DateTimeOffset at) => at.ToLocalTime().ToString("d MMMM yyyy HH:mm:ss", Culture);

    /// <summary>The heading of a day in a timeline: Today, Yesterday, 7 March, 7 March 2025.</summary>
    public string DayHeading(DateTimeOffset at, DateTimeOffset now)
    {
        var day = at.ToLocalTime().Date;
        var today = now.ToLocalTime().Date;
        if (day == today)
            return Say("Today", "Сегодня");
        if (day == today.AddDays(-1))
            return Say("Yesterday", "Вчера");
        return day.ToString(day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", Culture);
    }

    /// <summary>How long ago, roughly: just now, 6 min ago, 3 h ago, 12 days ago.</summary>
    public string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 50 } => Say("just now", "только что"),
        { TotalMinutes: < 60 } passed => Say($"{Rounded(passed.TotalMinutes)} min ago", $"{Rounded(passed.TotalMinutes)} мин назад"),
        { TotalHours: < 24 } passed => Say($"{Rounded(passed.TotalHours)} h ago", $"{Rounded(passed.TotalHours)} ч назад"),
        var passed => Count((long)passed.TotalDays, ("day", "days"), ("день", "дня", "дней")) + Say(" ago", " назад"),
    };

    /// <summary>A running timer: 2:14, 1:02:14.</summary>
    public static string Timer(TimeSpan passed)
    {
        var whole = passed < TimeSpan.Zero ? TimeSpan.Zero : passed;
        return whole.TotalHours >= 1 ? $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}" : $"{whole.Minutes}:{whole.Seconds:00}";
    }

    /// <summary>A length in words: 14 s, 3 min 12 s, 1 h 2 min.</summary>
    public string Length(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        if (span.TotalMinutes < 1)
            return Say($"{span.Seconds} s", $"{span.Seconds} с");
        if (span.TotalHours < 1)
            return Say($"{span.Minutes} min", $"{span.Minutes} мин") + (span.Seconds > 0 ? Say($" {span.Seconds} s", $" {span.Seconds} с") : "");
        return Say($"{(int)span.TotalHours} h {span.Minutes} min", $"{(int)span.TotalHours} ч {span.Minutes} мин");
    }

    public string Milliseconds(double ms) => Say($"{ms.ToString("N0", Culture)} ms", $"{ms.ToString("N0", Culture)} мс");

    public string Number(long number) => number.ToString("N0", Culture);

    static long Rounded(double value) => (long)Math.Max(1, Math.Round(value));
}

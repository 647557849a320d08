using MudBlazor;

namespace ContactCenterCrm.UI.Platform;

/// <summary>
/// The colours of the product in both themes. Text on its ground has at least 4.5:1, lines of controls 3:1; the browser tests
/// measure it. css/base.css adds the few tones that MudBlazor has no name for.
/// </summary>
internal static class Theme
{
    // The fonts that the operating system has: nothing to download, and everybody reads what they are used to.
    static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Cantarell", "sans-serif"];

    public static readonly MudTheme Product = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1459b8",
            PrimaryContrastText = "#ffffff",
            Secondary = "#4a5b75",
            Info = "#1459b8",
            Success = "#146c43",
            Warning = "#8a5300",
            Error = "#b3261e",
            Background = "#f3f5f8",
            Surface = "#ffffff",
            TextPrimary = "#16202e",
            TextSecondary = "#516075",
            TextDisabled = "#6d7b8f",
            ActionDefault = "#3f4e63",
            ActionDisabled = "#6d7b8f",
            LinesDefault = "#dde3ea",
            LinesInputs = "#7a8798",
            TableLines = "#e5eaf0",
            Divider = "#dde3ea",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#86b7ff",
            PrimaryContrastText = "#0a1a30",
            Secondary = "#b3c0d2",
            Info = "#86b7ff",
            Success = "#6fd3a0",
            Warning = "#f2bd62",
            Error = "#ff9d94",
            Background = "#0f151d",
            Surface = "#182130",
            TextPrimary = "#e8edf4",
            TextSecondary = "#a7b4c6",
            TextDisabled = "#8593a6",
            ActionDefault = "#c2cddc",
            ActionDisabled = "#8593a6",
            LinesDefault = "#2a3646",
            LinesInputs = "#72829a",
            TableLines = "#263242",
            Divider = "#2a3646",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.875rem", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}

using Microsoft.AspNetCore.Components;

namespace ContactCenterCrm.UI.Platform;

/// <summary>What every component is: it speaks the chosen language, and what it asked for is given up when it leaves the page.</summary>
public abstract class View : ComponentBase, IDisposable
{
    readonly CancellationTokenSource gone = new();

    [CascadingParameter]
    private protected Texts Text { get; set; } = Texts.In(Language.English);

    /// <summary>Cancelled when this component leaves the page.</summary>
    private protected CancellationToken Gone => gone.Token;

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Unsubscribe from what outlives this component.</summary>
    private protected virtual void Leave()
    {
    }

    /// <summary>Repaint because something outside of the component changed.</summary>
    private protected void Repaint() => _ = InvokeAsync(StateHasChanged);
}

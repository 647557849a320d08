using System.Runtime.CompilerServices;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// One statement (or a few that go together), with the line of code that wrote it, so that a slow query in the server's own view
/// names its author. A <see cref="DbSession"/> runs nothing else. Each one is made by a static method that takes the dialect and,
/// at most, flags: the tests call every such method with every dialect and check what comes out.
/// </summary>
internal readonly struct Sql
{
    public Sql(string text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Text = $"/* {Path.GetFileName(file)}:{line} */ {text}";

    public string Text { get; }

    public override string ToString() => Text;
}

using System.Reflection;
using System.Text.RegularExpressions;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>
/// Every statement of the product: what the static methods that return <see cref="Sql"/> make for a dialect, with every combination
/// of their flags.
/// </summary>
/// <param name="Name">Type, method and flags.</param>
/// <param name="Owner">The type that the statement stands in.</param>
sealed partial record Statement(string Name, Type Owner, string Text)
{
    public static IEnumerable<Statement> Of(Dialect dialect) =>
        from type in typeof(Database).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.ReturnType == typeof(Sql)
        from flags in Combinations(method.GetParameters().Skip(1).Select(parameter => parameter.ParameterType).ToList())
        select new Statement(
            $"{type.Name}.{method.Name}({string.Join(',', flags)})",
            type,
            ((Sql)method.Invoke(null, [dialect, .. flags])!).Text);

    /// <summary>The names of its parameters, without @, each once.</summary>
    public IEnumerable<string> Parameters => ParameterName().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>The tables that it inserts into, updates or deletes from.</summary>
    public IEnumerable<string> Written => WrittenTable().Matches(Text).Select(match => match.Groups[1].Value.ToLowerInvariant()).Distinct();

    public override string ToString() => Name;

    static IEnumerable<object[]> Combinations(IReadOnlyList<Type> types)
    {
        if (types.Count == 0)
            return [[]];
        object[] values = types[0] == typeof(bool)
            ? [false, true]
            : types[0].IsEnum
                ? [.. Enum.GetValues(types[0]).Cast<object>()]
                : throw new InvalidOperationException($"A statement may depend on flags and enums only, not on {types[0]}: it could not be tried out.");
        return values.SelectMany(_ => Combinations([.. types.Skip(1)]), (value, rest) => (object[])[value, .. rest]);
    }

    [GeneratedRegex(@"(?<!@)@([A-Za-z]\w*)")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"(?:\bINSERT\s+INTO|(?<!DO\s)(?<!THEN\s)\bUPDATE|\bDELETE\s+FROM|\bMERGE(?:\s+INTO)?)\s+([a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WrittenTable();
}

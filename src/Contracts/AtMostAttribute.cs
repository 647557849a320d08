using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>A list has so many entries at most. (The framework's attribute for it reads Count by reflection: trimming may leave it out.)</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtMostAttribute(int count) : ValidationAttribute("{0} has too many entries.")
{
    public int Count => count;

    public override bool IsValid(object? value) => value is null || (value is ICollection list && list.Count <= count);
}

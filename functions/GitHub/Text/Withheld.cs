namespace GitHub.Text;

/// <summary>What stands in the place of a text that lockdown mode withholds.</summary>
internal static class Withheld
{
    public const string Text = "(withheld: lockdown mode)";
}

using System.Globalization;
using McpGateway.Secrets;
using McpGateway.State;

namespace McpGateway.Upstream;

/// <summary>Limits that an operator sets, as calls/seconds.</summary>
public static class LimitSetting
{
    /// <param name="setting">Its name, which the limit has as well.</param>
    /// <exception cref="SettingException">The limit cannot be read.</exception>
    public static PermitLimit Parse(string setting, string value) =>
        value.Split('/') is [var calls, var seconds]
        && int.TryParse(calls, NumberStyles.None, CultureInfo.InvariantCulture, out var permits)
        && permits > 0
        && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var window)
        && window > 0
            ? new(setting, permits, TimeSpan.FromSeconds(window))
            : throw new SettingException($"{setting}='{value}' is not a limit: use calls/seconds, such as 100/6.");
}

using System.Security.Cryptography;
using McpGateway.Authentication;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Tools.Guards;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Tools.Callers;

/// <summary>Makes, changes and ends tokens, for commands and for the console. A token is shown to whoever makes it, once, and stored nowhere.</summary>
internal sealed class TokenBook(State.Tokens tokens, BearerTokens configured, Profiles profiles, RightsCheck check)
{
    /// <summary>Every token made here, also those that have ended.</summary>
    public Task<IReadOnlyList<TokenRow>> ListAsync(CancellationToken cancellationToken) => tokens.ListAsync(cancellationToken);

    /// <summary>Makes a token.</summary>
    /// <param name="rights">What it may do, written as in a setting; empty for everything.</param>
    /// <exception cref="TokenException">The name cannot be used.</exception>
    /// <exception cref="SettingException">The rights mean nothing here.</exception>
    public async Task<string> AddAsync(string name, string rights, CancellationToken cancellationToken)
    {
        Check(name, rights);
        if (Caller.IsReserved(name))
        {
            throw new TokenException($"'{name}' is what the gateway calls others in its logs: choose another name.");
        }

        if (configured.Callers.Any(caller => caller.Name == name))
        {
            throw new TokenException($"a token of MCP_BEARER_TOKENS is named '{name}': choose another name.");
        }

        var token = NewToken();
        return await tokens.AddAsync(name, MadeTokens.DigestOf(token), rights, cancellationToken)
            ? token
            : throw new TokenException($"there is a token '{name}' already: rotate, change or end it.");
    }

    /// <summary>Gives a token other rights, from its next call on.</summary>
    /// <exception cref="TokenException">No token of this name works.</exception>
    /// <exception cref="SettingException">The rights mean nothing here.</exception>
    public async Task ChangeAsync(string name, string rights, CancellationToken cancellationToken)
    {
        Check(name, rights);
        CheckFound(name, await tokens.ChangeAsync(name, rights, cancellationToken));
    }

    /// <summary>Replaces a token by a new one; the old one ends at once.</summary>
    /// <exception cref="TokenException">No token of this name works.</exception>
    public async Task<string> RotateAsync(string name, CancellationToken cancellationToken)
    {
        var token = NewToken();
        CheckFound(name, await tokens.RotateAsync(name, MadeTokens.DigestOf(token), cancellationToken));
        return token;
    }

    /// <summary>Ends a token at once.</summary>
    /// <exception cref="TokenException">No token of this name works.</exception>
    public async Task EndAsync(string name, CancellationToken cancellationToken) =>
        CheckFound(name, await tokens.EndAsync(name, cancellationToken));

    private void Check(string name, string rights)
    {
        if (!IsName(name))
        {
            throw new TokenException($"'{name}' is not a name for a token: use letters, digits, '-', '_' and '.', at most 64.");
        }

        check.Check(profiles.Text.Parse(rights, $"the token '{name}'"), $"The token '{name}'");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('-');

    private static void CheckFound(string name, bool isFound)
    {
        if (!isFound)
        {
            throw new TokenException($"no token '{name}' works here: 'token list' shows those there are.");
        }
    }

    private static string NewToken() => $"{State.Tokens.Prefix}{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))}";
}

/// <summary>A token cannot be made, changed or ended; the message says why.</summary>
internal sealed class TokenException(string message) : Exception(message);

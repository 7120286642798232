using McpGateway.Secrets;

namespace McpGateway.Specs.Authentication;

/// <summary>What keeps a service from starting half-closed.</summary>
public sealed class TokenSettingSpecs
{
    // SHA-256 of the token the deployment guide prints, so that the token itself is in no file of ours.
    private const string PrintedExample = "sha256:2b5b215320604a23818d9c9844fb1a993902bf2d101f5da96f95fea6341eb237";

    [Theory]
    [InlineData("BIND_ADDRESS", "0.0.0.0")]
    [InlineData("BIND_ADDRESS", "::")]
    [InlineData("PUBLIC_URL", "https://spec.example.com")]
    [InlineData("ALLOWED_HOSTS", "spec-mcp-gateway")]
    [InlineData("TRUST_DOWNSTREAM_PROXY", "true")]
    public async Task A_service_that_others_can_reach_does_not_start_without_a_token(string name, string value)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => SpecService.StartAsync((name, value)));
        Assert.Contains("set MCP_BEARER_TOKEN", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MCP_BEARER_TOKEN", "fifteen-chars-0", "MCP_BEARER_TOKEN is shorter than 16")]
    [InlineData("MCP_BEARER_TOKENS", "me=short", "The token 'me' of MCP_BEARER_TOKENS is shorter")]
    [InlineData("MCP_BEARER_TOKENS", "me=sha256:abcd", "64 hexadecimal digits")]
    [InlineData("MCP_BEARER_TOKENS", "a-long-enough-token-without-name", "not name=token")]
    [InlineData("MCP_BEARER_TOKENS", "=a-long-enough-token", "not name=token")]
    [InlineData("MCP_BEARER_TOKENS", "a=a-long-enough-token,a=a-long-enough-token-2", "'a' twice")]
    [InlineData("MCP_BEARER_TOKENS", "# a comment\na-long-enough-token", "in line 2 that is not name=token")]
    [InlineData("MCP_BEARER_TOKENS", " , ", "holds no token")]
    [InlineData("MCP_BEARER_TOKENS", "# me=a-long-enough-token", "holds no token")]
    [InlineData("MCP_BEARER_TOKENS", "a=a-long-enough-token b=another-long-enough-token", "The token 'a' of MCP_BEARER_TOKENS has a blank")]
    [InlineData("MCP_BEARER_TOKENS", "a=\"a-long-enough-token\"", "The token 'a' of MCP_BEARER_TOKENS begins with a quotation mark")]
    [InlineData("MCP_BEARER_TOKEN", "a-long-enough-token\nanother-long-enough-token", "MCP_BEARER_TOKEN has a blank or line break")]
    [InlineData("SPEC_API_TOKEN", "a-long-enough-token\nanother-long-enough-token", "SPEC_API_TOKEN has a blank or line break")]
    [InlineData("MCP_BEARER_TOKEN", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "MCP_BEARER_TOKEN repeats a few characters")]
    [InlineData("MCP_BEARER_TOKENS", "me=12341234123412341234", "The token 'me' of MCP_BEARER_TOKENS repeats a few characters")]
    [InlineData("MCP_BEARER_TOKENS", "alice=a-long-enough-token,bob=a-long-enough-token", "'alice' and 'bob' are the same one")]
    [InlineData("MCP_BEARER_TOKENS", "Operator=a-long-enough-token", "names 'Operator', which is what the gateway calls others")]
    [InlineData("MCP_BEARER_TOKENS", "*=a-long-enough-token", "names '*', which is what the gateway calls others")]
    [InlineData("MCP_BEARER_TOKENS", "oauth:Claude:1234=a-long-enough-token", "names 'oauth:Claude:1234', which is what")]
    [InlineData("SPEC_API_TOKEN", "tiny", "SPEC_API_TOKEN is shorter than 16")]
    [InlineData("ALLOW_ANONYMOUS", "yes", "ALLOW_ANONYMOUS='yes' is not true or false")]
    public async Task A_token_that_cannot_protect_anything_stops_the_start(string name, string value, string said)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            SpecService.StartAsync(service: SpecService.WithUpstream, settings: (name, value))
        );
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("long-enough", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude=the-token-0123456789\nn8n=another-0123456789\n")]
    [InlineData("n8n=another-0123456789,claude=the-token-0123456789")]
    [InlineData("\uFEFFclaude = the-token-0123456789\r\nn8n=another-0123456789\r\n")]
    [InlineData("# of the laptop, made in May\r\n\r\n  Claude=the-token-0123456789   # mine, not n8n's\r\n#n8n=another-0123456789")]
    [InlineData("old=SHA256:00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF, claude=the-token-0123456789,")]
    [InlineData("claude=the-token#1-0123456789", "the-token#1-0123456789")]
    public async Task A_list_of_tokens_is_read_however_it_is_written(string list, string token = "the-token-0123456789")
    {
        await using var gateway = await SpecService.StartAsync(("MCP_BEARER_TOKENS", list));
        using var response = await gateway.PostAsync(SpecService.Initialize(), token);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task One_token_under_both_settings_stops_the_start_also_as_a_digest()
    {
        var digest = Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(SpecService.Token))
        );
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            SpecService.StartWithTokenAsync(("MCP_BEARER_TOKENS", $"n8n=sha256:{digest}"))
        );
        Assert.Contains("'default' and 'n8n' are the same one", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_printed_in_the_guide_is_refused_on_a_public_url()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            SpecService.StartAsync(("MCP_BEARER_TOKENS", $"me={PrintedExample}"), ("PUBLIC_URL", "https://spec.example.com"))
        );
        Assert.Contains("example token", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_printed_in_the_guide_will_do_at_home()
    {
        await using var gateway = await SpecService.StartAsync(
            ("MCP_BEARER_TOKEN", PrintedExample),
            ("PUBLIC_URL", "http://localhost:8080")
        );
    }
}

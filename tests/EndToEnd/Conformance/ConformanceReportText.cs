namespace EndToEnd.Conformance;

/// <summary>The words of docs/conformance.md around what was found.</summary>
internal static class ConformanceReportText
{
    public static string Introduction =>
        $"""
            # Conformance

            What the official conformance suite of the Model Context Protocol says about these gateways: npm
            `@modelcontextprotocol/conformance` {ConformanceSuite.Version}, without a file of expected failures. The specs in tests/EndToEnd/Conformance
            run the suite and write this page as `artifacts/conformance.md`; they fail when it is not the page committed here.
            To renew it: `artifacts/bin/EndToEnd/debug/EndToEnd -class '*ConformanceSpecs'; cp artifacts/conformance.md docs/`.

            The server is tests/ConformanceGateway, a process of its own: the tools, prompts and resources the scenarios name, on the
            pipeline every gateway runs on (shared/McpGateway). "nginx with TLS" is the same behind nginx, with the configuration nginx-proxy
            generates and the files of docker/nginx. Two things differ from production: the limits of requests per second are lifted, and the
            foreign name of the rebinding scenario has a virtual host, so that the gateway and not nginx answers for it. Node.js trusts the
            certificate by NODE_EXTRA_CA_CERTS.

            """;

    public const string OtherMode = """

        ## In the other session mode

        Requests of the server's own (sampling, elicitation), log messages and subscriptions of 2025-11-25 travel in sessions, which
        only `Hybrid` keeps; `Stateless`, the default, goes without. In `Hybrid` the SDK names the revisions with a handshake as well
        when it refuses an unsupported version, while `server/discover` lists those without one; both are true, but the suite wants
        the first list within the second. It is the SDK's answer before any of our code, and stays until the SDK changes it.

        """;

    public const string Services = """

        ## The four services

        The scenarios that need no fixture, against each service as a process with a bearer (a proxy in the test adds it, the suite
        cannot). Checks with the suite's own diagnostic tools, and of prompts and resources where a service has none, do not apply.

        | revision | scenario |
        """;

    public const string Limits = """

        ## What is not offered, and why

        - **Tasks** (`tasks-*`, an extension): every tool answers within its call, with progress and keep-alive on the way. The SDK's
          package for tasks is not published for the version in use.
        - **Skills** (`sep-2640-skills-*`, an extension in neither set): the gateways have tools, no skills.
        - **Resuming a stream** (`server-sse-polling`): without stored events there is no event id and no `retry`. A call whose stream
          breaks is made again. 2026-07-28 has dropped the feature.
        - **A foreign Host behind nginx-proxy**: nginx-proxy refuses the TLS handshake of a name it does not know, and answers 503 on
          plain HTTP, before a gateway is asked. The suite wants a 4xx, hence the virtual host above; the request goes nowhere either way.

        """;
}

using Coda.Account;
using Coda.Analytics;
using Coda.Automation;
using Coda.ChatGpt;
using Coda.Controls;
using Coda.Docs;
using Coda.Domains;
using Coda.Folders;
using Coda.Formulas;
using Coda.Hosted;
using Coda.Links;
using Coda.Mutations;
using Coda.Outline;
using Coda.Pages;
using Coda.Publishing;
using Coda.Rows;
using Coda.Search;
using Coda.Sharing;
using Coda.Tables;
using Coda.Upstream;
using Coda.Workspaces;
using Coda.Writes;
using McpGateway;
using McpGateway.Console.Chat;
using McpGateway.OAuth;
using McpGateway.State;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Callers;
using McpGateway.Tools.Describing;
using McpGateway.Tools.Selection;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace Coda;

/// <summary>The table of contents of coda-mcp.</summary>
public static class CodaService
{
    public static GatewayService Definition { get; } =
        new(
            "coda-mcp",
            8080,
            "Coda",
            """
            Reads and edits Coda docs (now Superhuman Docs). Docs, pages, tables, columns and rows are given by id, by name or by their browser link; a name that several have is refused.
            In an unknown doc begin with coda_get_doc_schema. Writes take Coda 10 to 20 seconds: they return applied or pending; a pending one is not lost and must not be sent again. What is read may lag a few seconds behind.
            Write many rows in one coda_upsert_rows call. Edit pages with coda_append_page_content or by elementId; never export a page and write it back.
            Find rows with coda_find_rows. A write repeated with its requestId is made once. The API cannot create tables, columns or views, comment, run formulas or undo.
            """
        )
        {
            Description = "Read and change Coda docs: pages, tables, rows.",
            UpstreamTokenSetting = "CODA_API_TOKEN",
            Listings = typeof(CodaService).Assembly,
            Commands = [DescribeCommand.Command, .. TokenCommands.All, .. ClientCommands.All],
        };

    public static void AddCoda(this GatewayBuilder gateway)
    {
        var options = gateway.AddSettings<CodaOptions>();
        if (gateway.AddSettings<McpOptions>().ReadOnly)
        {
            gateway.Warnings.NoEffect("CODA_LIMIT_CONTENT_WRITES", "READ_ONLY=true leaves no tool that changes pages or rows.");
        }

        var api = CodaApi.Describe(options);
        HostedTools.Check(options);
        gateway.Mcp.WithRequestFilters(filters => filters.AddCallToolFilter(OnceFilter.Create));
        gateway.AddCodaClients(api, options);
        gateway.AddCodaServices(options);
        gateway.AddState();
        gateway.Services.AddSingleton(CodaArguments.Aliases);
        gateway.Services.AddSingleton(CodaNames.All);
        gateway.Mcp.WithMessageFilters(filters =>
            filters.AddIncomingFilter(ToolAliases.Create).AddIncomingFilter(OnceFilter.TakeCancellations)
        );
        gateway.Mcp.WithPrompts<CodaPrompts>();
        if (options.HostedMcp)
        {
            gateway.Services.AddSingleton(services => new HostedServer(options, services.GetRequiredService<TimeProvider>(), services));
            gateway.Services.AddHostedService<HostedTools>();
        }
        else
        {
            gateway.Warnings.NoEffect("CODA_HOSTED_MCP_URL", "CODA_HOSTED_MCP=true is not set, so that its tools are not offered.");
        }

        new Toolsets("CODA", ToolJson.Readable) { Finish = (tool, _) => ShallowOutputs.In(tool) }
            .Default(
                "core",
                tools =>
                    tools
                        .Add<AccountTools>()
                        .Add<LinkTools>()
                        .Add<MutationTools>()
                        .Add<DocTools>()
                        .Add<DocSchemaTools>()
                        .Add<PageTools>()
                        .Add<PageContentTools>()
                        .Add<TableCreationTools>()
                        .Add<TableTools>()
                        .Add<RowTools>()
                        .Add<RowSearchTools>()
                        .Add<RowEditTools>()
                        .Add<RowActionTools>()
            )
            .Default("search", tools => tools.Add<SearchTools>())
            .Default("chatgpt", tools => tools.Add<ChatGptTools>())
            .Default("views", tools => tools.Add<ActivityTools>())
            .Optional("export", tools => tools.Add<ExportTools>())
            .Optional("formulas", tools => tools.Add<FormulaTools>().Add<ControlTools>().Add<ColumnTools>())
            .Optional("sharing", tools => tools.Add<SharingTools>())
            .Optional("publishing", tools => tools.Add<PublishingTools>())
            .Optional("folders", tools => tools.Add<FolderTools>())
            .Optional("automation", tools => tools.Add<AutomationTools>())
            .Optional("analytics", tools => tools.Add<AnalyticsTools>())
            .Optional("workspace", tools => tools.Add<WorkspaceTools>())
            .Optional("domains", tools => tools.Add<DomainTools>())
            // A resource is a page read another way.
            .WithResources("coda_get_page_content", () => PageResources.Collection)
            .WithView(ActivityTools.View)
            .Register(gateway, new(options.Toolsets));
    }

    private static void AddCodaClients(this GatewayBuilder gateway, UpstreamApi api, CodaOptions options)
    {
        gateway.AddDownloads(api, CodaApi.DownloadHosts(options, api));
        foreach (
            var client in (IHttpClientBuilder[])
                [
                    gateway.AddUpstream<IAccountApi>(api),
                    gateway.AddUpstream<IAnalyticsApi>(api),
                    gateway.AddUpstream<IAutomationApi>(api),
                    gateway.AddUpstream<IControlsApi>(api),
                    gateway.AddUpstream<IDocsApi>(api),
                    gateway.AddUpstream<IDomainsApi>(api),
                    gateway.AddUpstream<IFoldersApi>(api),
                    gateway.AddUpstream<IFormulasApi>(api),
                    gateway.AddUpstream<ILinksApi>(api),
                    gateway.AddUpstream<IMutationsApi>(api),
                    gateway.AddUpstream<IPagesApi>(api),
                    gateway.AddUpstream<IPublishingApi>(api),
                    gateway.AddUpstream<IRowsApi>(api),
                    gateway.AddUpstream<ISharingApi>(api),
                    gateway.AddUpstream<ITablesApi>(api),
                    gateway.AddUpstream<IWorkspacesApi>(api),
                ]
        )
        {
            client.AddHttpMessageHandler(() => new PageTokenHandler()).AddHttpMessageHandler(() => new WriteCallHandler());
        }
    }

    private static void AddCodaServices(this GatewayBuilder gateway, CodaOptions options) =>
        gateway
            .Services.AddSingleton(new AllowedDocs(options))
            .AddSingleton<ColumnCache>()
            .AddSingleton<ExportedPageCache>()
            .AddTransient<DocResolver>()
            .AddTransient<LinkResolver>()
            .AddTransient<MutationWaiter>()
            .AddTransient<PageExporter>()
            .AddTransient<PageGuard>()
            .AddTransient<PageResolver>()
            .AddTransient<PageReader>()
            .AddTransient<RowReadBack>()
            .AddTransient<RowReader>()
            .AddTransient<RowResolver>()
            .AddTransient<RowSearch>()
            .AddTransient<RowWriter>()
            .AddTransient<TableResolver>()
            .AddSingleton<WriteJournal>();
}

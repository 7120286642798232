using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>Lines of logs, whose length is up to whoever wrote the workflow; alone, as memory is the process's.</summary>
[Collection(nameof(LogLineSpecs))]
[CollectionDefinition(nameof(LogLineSpecs), DisableParallelization = true)]
public sealed class LogLineSpecs
{
    [Fact]
    public async Task A_line_without_end_takes_no_memory_and_line_ends_of_every_system_end_one()
    {
        const int Parts = 400;
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/actions/jobs/2", """{"id":2,"run_id":5,"name":"build","conclusion":"failure"}""")
            .On("GET /repos/o/r/actions/jobs/2/logs", "", 302, ("Location", $"{github.Upstream.Url}/log"));
        var part = new byte[500_000];
        part.AsSpan().Fill((byte)'x');
        github.Upstream.On(
            "GET /log",
            async context =>
            {
                await context.Response.WriteAsync("one\r\ntwo\r\n\nfour\rfive\n");
                for (var i = 0; i < Parts; i++)
                {
                    await context.Response.Body.WriteAsync(part);
                }

                await context.Response.WriteAsync("\nlast");
            }
        );
        var before = GC.GetTotalAllocatedBytes();
        var log = (
            await github.ReadAsync(
                "get_job_logs",
                new
                {
                    owner = "o",
                    repo = "r",
                    job_id = 2,
                }
            )
        ).GetProperty("jobs")[0];
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Parts * part.Length);
        Assert.Equal(7, log.GetProperty("total_lines").GetInt32());
        Assert.Equal(
            $"one\ntwo\n\nfour\nfive\n{new string('x', 2000)}",
            Assert.IsType<string>(log.GetProperty("logs").GetString())[..2019]
        );
        Assert.EndsWith("\nlast", log.GetProperty("logs").GetString(), StringComparison.Ordinal);
    }
}

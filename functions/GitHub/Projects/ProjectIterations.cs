using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;

namespace GitHub.Projects;

/// <summary>Iterations of projects.</summary>
internal sealed class ProjectIterations(ProjectLookup lookup, GraphQl graphQl)
{
    public async Task<Done> AddFieldAsync(
        ProjectAddress project,
        string name,
        string start,
        int duration,
        ProjectIteration[] iterations,
        CancellationToken cancellationToken
    )
    {
        var configuration = new
        {
            configuration = Given.Of(
                ("startDate", start),
                ("duration", duration),
                (
                    "iterations",
                    iterations
                        .Select(iteration =>
                            Given.Of(("title", iteration.Title), ("startDate", iteration.StartDate), ("duration", iteration.Duration))
                        )
                        .ToList()
                )
            ),
            project = await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken),
            name,
        };
        await graphQl.MutateAsync<object>(
            GraphQlScope.AllOf(project.Owner),
            ProjectDocuments.CreateIterationField,
            configuration,
            cancellationToken
        );
        return new($"Created the iteration field {name}.");
    }
}

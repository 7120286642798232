namespace GitHub.Projects;

/// <summary>What projects need of GraphQL. An owner is an organization or a user.</summary>
internal static class ProjectDocuments
{
    private const string ViewMembers =
        "id number name layout filter visible_fields: fields(first: 50) { nodes { ... on ProjectV2FieldCommon { name } } }";

    private const string StatusMembers =
        "id status body start_date: startDate target_date: targetDate creator { login } created_at: createdAt";

    public const string Id =
        "query($id: ID!, $number: Int!) { node(id: $id) { ... on Organization { project: projectV2(number: $number) { id } } ... "
        + "on User { project: projectV2(number: $number) { id } } } }";

    public const string Views = $$"""
        query($project: ID!, $first: Int!, $after: String) {
          node(id: $project) {
            ... on ProjectV2 {
              list: views(first: $first, after: $after) {
                total_count: totalCount
                page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                nodes { {{ViewMembers}} }
              }
            }
          }
        }
        """;

    public const string StatusUpdates = $$"""
        query($project: ID!, $first: Int!, $after: String) {
          node(id: $project) {
            ... on ProjectV2 {
              list: statusUpdates(first: $first, after: $after) {
                total_count: totalCount
                page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                nodes { {{StatusMembers}} }
              }
            }
          }
        }
        """;

    public const string View = $$"""
        query($id: ID!) { node(id: $id) { ... on ProjectV2View { project { id } {{ViewMembers}} } } }
        """;

    public const string StatusUpdate = $$"""
        query($id: ID!) { node(id: $id) { ... on ProjectV2StatusUpdate { project { id owner { ... on Organization { login } ... on User { login } } } {{StatusMembers}} } } }
        """;

    public const string Item = "query($id: ID!) { node(id: $id) { ... on ProjectV2Item { id: fullDatabaseId project { id } } } }";

    private const string Items =
        "items: projectItems(first: 100) { page_info: pageInfo { has_next_page: hasNextPage } nodes { id: fullDatabaseId project { id } } }";

    /// <summary>The items of an issue or a pull request, which share their numbers; archived ones as well.</summary>
    public const string ItemsOfNumber = $$"""
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) {
            content: issueOrPullRequest(number: $number) { ... on Issue { {{Items}} } ... on PullRequest { {{Items}} } }
          }
        }
        """;

    public const string Create = """
        mutation($owner: ID!, $title: String!) { createProjectV2(input: { ownerId: $owner, title: $title }) { project: projectV2 { id: number number title node_id: id } } }
        """;

    public const string CreateStatusUpdate = $$"""
        mutation($project: ID!, $status: ProjectV2StatusUpdateStatus, $body: String, $start: Date, $target: Date) {
          done: createProjectV2StatusUpdate(input: { projectId: $project, status: $status, body: $body, startDate: $start, targetDate: $target }) {
            update: statusUpdate { {{StatusMembers}} }
          }
        }
        """;

    public const string CreateIterationField = """
        mutation($project: ID!, $name: String!, $configuration: ProjectV2IterationFieldConfigurationInput!) {
          createProjectV2Field(input: { projectId: $project, dataType: ITERATION, name: $name, iterationConfiguration: $configuration }) { clientMutationId }
        }
        """;

    /// <summary>The view mutations are newer than the published schema.</summary>
    public const string CreateView = $$"""
        mutation($input: CreateProjectV2ViewInput!) { done: createProjectV2View(input: $input) { view: projectV2View { {{ViewMembers}} } } }
        """;

    public const string UpdateView = $$"""
        mutation($input: UpdateProjectV2ViewInput!) { done: updateProjectV2View(input: $input) { view: projectV2View { {{ViewMembers}} } } }
        """;

    public const string DeleteView =
        "mutation($input: DeleteProjectV2ViewInput!) { deleteProjectV2View(input: $input) { clientMutationId } }";
}

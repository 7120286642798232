namespace GitHub.Issues;

/// <summary>What issues need of GraphQL.</summary>
internal static class IssueDocuments
{
    /// <summary>Previews that issue fields are behind.</summary>
    public const string FieldFeatures = "issue_fields, repo_issue_fields";

    public const string Relations = """
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) {
            issue(number: $number) {
              parent { number title state url author { login } repository { full_name: nameWithOwner } }
              closed_by_pull_requests: closedByPullRequestsReferences(first: 5, includeClosedPrs: true) {
                total_count: totalCount
                nodes { number title state url author { login } repository { full_name: nameWithOwner } }
              }
            }
          }
        }
        """;

    public const string Labels = """
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) {
            issue(number: $number) { labels(first: 100) { total_count: totalCount nodes { name color description } } }
          }
        }
        """;

    public const string Label = """
        query($owner: String!, $repo: String!, $name: String!) {
          repository(owner: $owner, name: $repo) { label(name: $name) { name color description } }
        }
        """;

    public const string NodeIds = """
        query($owner: String!, $repo: String!, $number: Int!, $other: Int!) {
          repository(owner: $owner, name: $repo) { issue(number: $number) { id } other: issue(number: $other) { id } }
        }
        """;

    public const string CloseAsDuplicate = """
        mutation($id: ID!, $duplicate_of: ID!) {
          closeIssue(input: { issueId: $id, stateReason: DUPLICATE, duplicateIssueId: $duplicate_of }) { issue { number } }
        }
        """;

    private const string FieldMembers = """
        __typename
        ... on IssueFieldText { id full_database_id: fullDatabaseId name description data_type: dataType visibility }
        ... on IssueFieldNumber { id full_database_id: fullDatabaseId name description data_type: dataType visibility }
        ... on IssueFieldDate { id full_database_id: fullDatabaseId name description data_type: dataType visibility }
        ... on IssueFieldSingleSelect {
          id full_database_id: fullDatabaseId name description data_type: dataType visibility options { id name description color }
        }
        """;

    public const string RepositoryFields = $$"""
        query($owner: String!, $repo: String!) {
          holder: repository(owner: $owner, name: $repo) { issue_fields: issueFields(first: 100) { nodes { {{FieldMembers}} } } }
        }
        """;

    public const string OrganizationFields = $$"""
        query($owner: String!) {
          holder: organization(login: $owner) { issue_fields: issueFields(first: 100) { nodes { {{FieldMembers}} } } }
        }
        """;

    private const string FieldValues = """
        issue_field_values: issueFieldValues(first: 25) {
          nodes {
            ... on IssueFieldSingleSelectValue { option: name field { ... on IssueFieldSingleSelect { name } } }
            ... on IssueFieldTextValue { text: value field { ... on IssueFieldText { name } } }
            ... on IssueFieldNumberValue { number: value field { ... on IssueFieldNumber { name } } }
            ... on IssueFieldDateValue { date: value field { ... on IssueFieldDate { name } } }
          }
        }
        """;

    /// <summary>A page of issues.</summary>
    /// <param name="withFields">Whether this GitHub knows issue fields.</param>
    public static string List(bool withFields) =>
        $$"""
            query($owner: String!, $repo: String!, $first: Int!, $after: String, $states: [IssueState!], $labels: [String!], $order: IssueOrder, $filter: IssueFilters) {
              repository(owner: $owner, name: $repo) {
                issues(first: $first, after: $after, states: $states, labels: $labels, orderBy: $order, filterBy: $filter) {
                  total_count: totalCount
                  page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                  nodes {
                    number title body state
                    user: author { login }
                    author_association: authorAssociation
                    labels(first: 100) { nodes { name } }
                    assignees(first: 10) { nodes { login } }
                    comments { total_count: totalCount }
                    created_at: createdAt
                    updated_at: updatedAt
                    {{(withFields ? FieldValues : "")}}
                  }
                }
              }
            }
            """;
}

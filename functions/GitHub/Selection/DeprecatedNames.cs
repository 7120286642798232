namespace GitHub.Selection;

/// <summary>Names that selected tools before tools were merged; they select still, but cannot be called.</summary>
internal static class DeprecatedNames
{
    private static readonly Dictionary<string, string> Canonical = Map(
        ("actions_list", "list_workflows list_workflow_runs list_workflow_jobs list_workflow_run_artifacts"),
        (
            "actions_get",
            "get_workflow get_workflow_run get_workflow_job get_workflow_run_usage get_workflow_run_logs get_workflow_job_logs download_workflow_run_artifact"
        ),
        ("actions_run_trigger", "run_workflow rerun_workflow_run rerun_failed_jobs cancel_workflow_run delete_workflow_run_logs"),
        ("projects_list", "list_projects list_project_fields list_project_items"),
        ("projects_get", "get_project get_project_field get_project_item"),
        ("projects_write", "add_project_item update_project_item delete_project_item")
    );

    public static string Resolve(string name) => Canonical.GetValueOrDefault(name, name);

    private static Dictionary<string, string> Map(params (string Canonical, string Old)[] names) =>
        names.SelectMany(entry => entry.Old.Split(' ').Select(old => (old, entry.Canonical))).ToDictionary(StringComparer.Ordinal);
}

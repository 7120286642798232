using ModelContextProtocol.Server;

namespace Coda;

/// <summary>Tasks that people begin from a menu.</summary>
[McpServerPromptType]
internal sealed partial class CodaPrompts
{
    /// <summary>Plans a new doc with its pages and tables, and makes it once you agree.</summary>
    /// <param name="purpose">What the doc is for.</param>
    [McpServerPrompt(Name = "plan_a_doc", Title = "Plan a doc")]
    public static partial string PlanDoc(string purpose) =>
        $"""
            Plan a Coda doc for this purpose: {purpose}
            First ask what you need to know: who works with it, and what they look for in it. Then propose pages as a tree, and tables with their columns (name and type); say which
            table relates to which. Change nothing before I agree. Then make the doc with coda_create_doc, its pages with coda_create_page and its tables with coda_create_table,
            each with a requestId of its own. Tell me at the end what I have to set in Coda myself: column types, relations and views.
            """;

    /// <summary>Imports a file, such as CSV, into a table.</summary>
    /// <param name="file">The file's content, or where to find it.</param>
    /// <param name="table">The table, and its doc.</param>
    [McpServerPrompt(Name = "import_a_file", Title = "Import a file")]
    public static partial string ImportFile(string file, string table) =>
        $"""
            Import this file into the Coda table {table}:
            {file}
            Look at the table's columns with coda_list_columns. Show me which column of the file goes into which of the table, what you leave out, which columns identify a row, and
            two rows as they would be written; ask me about everything that is not clear. Then write with coda_upsert_rows: keyColumns where rows may exist already, a requestId of
            its own for the import, and continueFrom until all rows are sent. Compare the counts at the end with coda_find_rows (limit 0).
            """;
}

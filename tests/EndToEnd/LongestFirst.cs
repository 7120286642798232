using EndToEnd;
using EndToEnd.Deployment;
using Xunit.Sdk;
using Xunit.v3;

// Most of what is tested here waits for other processes: more at once than there are processors.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer<LongestFirst>]

namespace EndToEnd;

/// <summary>
/// The containers take longest of all, one test after another: what begins with them does not end with waiting for them. Browsers come last:
/// each container that comes or goes changes the machine's networks, whereupon Chromium ends what it is loading.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Browsers = ["EndToEnd.Console.", "EndToEnd.Views.", "EndToEnd.OAuth.PageSpecs"];

    public IReadOnlyCollection<TCollection> OrderTestCollections<TCollection>(IReadOnlyCollection<TCollection> testCollections)
        where TCollection : ITestCollection =>
        [
            .. testCollections
                .OrderByDescending(collection => collection.TestCollectionDisplayName == Containers.Name)
                .ThenBy(collection => Browsers.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal))),
        ];
}

// Most tests here start several processes, and all measure times.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// A silo needs real time for every step of its tests' clock: whoever keeps the cores busy meanwhile makes time pass too fast for it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

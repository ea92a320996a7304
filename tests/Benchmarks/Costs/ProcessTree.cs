using System.Globalization;

namespace LipSync.Benchmarks.Costs;

/// <summary>Memory and processor time of a process with its children, from Linux' /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The kernel counts in hundredths of a second, whatever its own tick is (proc(5), USER_HZ).</summary>
    private const int TicksPerSecond = 100;

    /// <summary>What this process has spent, and those of its children that it has seen end.</summary>
    public static (TimeSpan Own, TimeSpan Children) ProcessorTime()
    {
        var fields = Fields(Environment.ProcessId);
        return (Time(fields[11..13]), Time(fields[13..15]));
    }

    /// <summary>This process and all its descendants, as they are now.</summary>
    public static IEnumerable<Member> Members()
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Fields(id) is { Length: > 1 } fields)
            {
                var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
            }
        }

        var open = new Stack<int>([Environment.ProcessId]);
        while (open.TryPop(out var id))
        {
            yield return new(id, BytesOf(id), Fields(id) is { Length: > 13 } fields ? Time(fields[11..13]) : TimeSpan.Zero);
            foreach (var child in children.GetValueOrDefault(id, []))
            {
                open.Push(child);
            }
        }
    }

    private static TimeSpan Time(string[] ticks) =>
        TimeSpan.FromSeconds(ticks.Sum(count => long.Parse(count, CultureInfo.InvariantCulture)) / (double)TicksPerSecond);

    // "id (name) state parent …", from the state on: the name may hold spaces and brackets.
    private static string[] Fields(int id)
    {
        var text = Read(id, "stat");
        return text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static long BytesOf(int id) =>
        Read(id, "statm").Split(' ') is [_, var pages, ..] ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return ""; // The process has ended between the listing and the reading.
        }
    }

    /// <param name="Bytes">Resident.</param>
    /// <param name="Spent">Processor time so far, without its children's.</param>
    internal readonly record struct Member(int Id, long Bytes, TimeSpan Spent);
}

using System.Globalization;

namespace LipSync.Benchmarks;

/// <summary>Memory and processor time of a process with its children, from Linux' /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The kernel counts in hundredths of a second, whatever its own tick is (proc(5), USER_HZ).</summary>
    private const int TicksPerSecond = 100;

    /// <summary>What this process has spent, and those of its children that have ended.</summary>
    public static (TimeSpan Own, TimeSpan Children) ProcessorTime()
    {
        var ticks = Fields(Environment.ProcessId)[11..15].Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (Time(ticks[0] + ticks[1]), Time(ticks[2] + ticks[3]));

        static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>Resident bytes of a process and all its descendants; processes that end meanwhile count nothing.</summary>
    public static long ResidentBytes(int root)
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) is { } parent)
            {
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
            }
        }

        var (bytes, open) = (0L, new Stack<int>([root]));
        while (open.TryPop(out var id))
        {
            bytes += BytesOf(id);
            foreach (var child in children.GetValueOrDefault(id, []))
            {
                open.Push(child);
            }
        }

        return bytes;
    }

    private static int? ParentOf(int id) => Fields(id) is { Length: > 1 } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;

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
}

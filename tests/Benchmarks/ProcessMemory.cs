using System.Globalization;

namespace LipSync.Benchmarks;

/// <summary>Resident memory from Linux' /proc.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes of a process and all its descendants; processes that end meanwhile count nothing.</summary>
    public static long OfTree(int root)
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
            bytes += ResidentBytes(id);
            foreach (var child in children.GetValueOrDefault(id, []))
            {
                open.Push(child);
            }
        }

        return bytes;
    }

    private static int? ParentOf(int id)
    {
        // "id (name) state parent …": the name may hold spaces and brackets.
        var text = Read(id, "stat");
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;
    }

    private static long ResidentBytes(int id) =>
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

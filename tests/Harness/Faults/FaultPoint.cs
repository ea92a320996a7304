using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace LipSync.Tests.Faults;

/// <summary>
/// A moment at which this process dies as by <c>kill -9</c>: <c>{before|after} {Interface}.{Method} [occurrence] [text]</c>, such as
/// <c>after IAccountGrain.Reserve</c> or <c>before IMediaStore.PutFile 2 chunk-</c>, where the text is in the call's target or arguments.
/// A process that finds the note of a death written already lives on: it was started again, or shares the note with the one that died.
/// </summary>
public sealed class FaultPoint
{
    private readonly string moment;
    private readonly string text;
    private readonly string note;
    private int remaining;

    private FaultPoint(string moment, int occurrence, string text, string note)
    {
        this.moment = moment;
        this.text = text;
        this.note = note;
        remaining = occurrence;
    }

    public static FaultPoint Parse(string description, string note)
    {
        var words = description.Split(' ', 4);
        if (words is not ["before" or "after", _, ..])
        {
            throw new ArgumentException($"'{description}' is no fault point.", nameof(description));
        }

        var occurrence = words.Length > 2 ? int.Parse(words[2], CultureInfo.InvariantCulture) : 1;
        return new($"{words[0]} {words[1]}", occurrence, words.Length > 3 ? words[3] : "", note);
    }

    /// <summary>Whether the moment is before or after this call.</summary>
    public bool Watches(string call) => moment.EndsWith($" {call}", StringComparison.Ordinal);

    /// <summary>What a call is about: its arguments as text, collections item by item.</summary>
    public static string Detail(IEnumerable<object?> parts) => string.Join(' ', parts.Select(part =>
        part is IEnumerable items and not string ? string.Join(' ', items.Cast<object>()) : part?.ToString()));

    /// <param name="detail">Target and arguments.</param>
    public void Before(string call, string detail) => Reach($"before {call}", detail);

    /// <param name="detail">Target and arguments.</param>
    public void After(string call, string detail) => Reach($"after {call}", detail);

    private void Reach(string reached, string detail)
    {
        if (reached != moment || Volatile.Read(ref remaining) <= 0 || !detail.Contains(text, StringComparison.Ordinal) || File.Exists(note))
        {
            return;
        }

        if (Interlocked.Decrement(ref remaining) == 0)
        {
            File.WriteAllText(note, $"{reached} {detail}");
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite); // nothing more happens here
        }
    }
}

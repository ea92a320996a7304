using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Speeches;

/// <summary>The festival synthesizer, which tells when it speaks which phoneme. The product's network has never heard it.</summary>
internal static class Festival
{
    public static IReadOnlyList<string> Voices { get; } = ["voice_ked_diphone", "voice_cmu_us_slt_arctic_hts"];

    /// <summary>Every sound of English, about as often as people use it.</summary>
    public const string Text =
        "The committee met on Monday to talk about the problem of public transport. Most people thought the number of buses was far too small. "
        + "A young woman from the village said she had been waiting for more than an hour. Perhaps we should begin with a better map, she added. "
        + "Nobody knew what had happened to the old bridge. The farmer keeps his sheep and a brown horse behind the white house. "
        + "We found five very fine photographs of the river. Would you like a cup of coffee, or something cold to drink? "
        + "My brother works at the museum in Berlin, and his wife teaches mathematics. Yesterday the weather was warm enough to go swimming. "
        + "Please remember to bring both books back by the end of September. The judge read the whole letter aloud without a pause. "
        + "She bought apples, bread, and a large piece of cheese at the market. It is impossible to be certain what the future may hold.";

    /// <summary>Many p, b and m in a short time.</summary>
    public const string PressedLips =
        "Maybe my mother bought a map of the bay. Bob and Pam made plum jam. The baby bear jumped up the ramp, and Peter put a paper bag by my lamp.";

    /// <exception cref="FileNotFoundException">festival or the voice is not installed.</exception>
    public static async Task<KnownSpeech> Speak(string text, string voice, string path, CancellationToken cancellationToken)
    {
        var (wave, segments) = (path + ".wav", path + ".lab");
        var info = new ProcessStartInfo("festival", ["--pipe"]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using var festival = Process.Start(info)!;
            await festival.StandardInput.WriteAsync(
                $"({voice})\n(set! u (utt.synth (Utterance Text \"{text}\")))\n(utt.save.wave u \"{wave}\")\n(utt.save.segs u \"{segments}\")\n".AsMemory(), cancellationToken);
            festival.StandardInput.Close();
            var errors = await festival.StandardError.ReadToEndAsync(cancellationToken);
            await festival.WaitForExitAsync(cancellationToken);
            if (festival.ExitCode != 0 || !File.Exists(segments))
            {
                throw new FileNotFoundException($"festival does not speak with {voice}. {errors}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new FileNotFoundException("festival is not installed.", missing);
        }

        return new(new Clip(voice, wave), Read(await File.ReadAllLinesAsync(segments, cancellationToken)));
    }

    /// <summary>ESPS label lines: end in seconds, colour, phoneme; behind a header that ends with '#'.</summary>
    private static List<Phone> Read(IEnumerable<string> lines)
    {
        var (phones, start) = (new List<Phone>(), 0.0);
        foreach (var fields in lines.SkipWhile(line => line != "#").Skip(1).Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
        {
            var end = double.Parse(fields[0], CultureInfo.InvariantCulture);
            phones.Add(new(fields[^1], start, end));
            start = end;
        }

        return phones;
    }
}

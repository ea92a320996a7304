using System.Globalization;
using System.Text.Json;
using LipSync.Media;
using LipSync.Models;
using LipSync.Speech.Network;
using LipSync.Speech.Spectra;
using Microsoft.ML.OnnxRuntime;

namespace LipSync.Speech;

/// <summary>The product against the training: mouths.json holds what the training's own front end and network make of a known sound.</summary>
public sealed class MouthNetworkTests
{
    [Fact]
    public void Spectrum_OfTheKnownSound_IsTheTrainings()
    {
        var spectrum = WholeSpeech.Spectrum(KnownSound());

        // The training calculates in double precision: what is 100 dB down differs by rounding.
        AssertEqual("frames", "energies", frame => [.. spectrum[frame].Select(Decibels)], 0.1, Decibels);

        static float Decibels(float energy) => 10 * MathF.Log10(energy + 1e-11f);
    }

    [Fact]
    public void Levels_OfTheKnownSound_AreTheTrainings()
    {
        var features = Features(KnownSound());

        AssertEqual("frames", "features", frame => features[frame], 0.02, value => value);
    }

    [Fact]
    public void Network_OnTheKnownSound_TellsWhatItToldInTraining()
    {
        var (tracks, sounds) = Run(Features(KnownSound()));

        AssertEqual("steps", "tracks", step => tracks[step], 0.005, value => value);
        AssertEqual("steps", "sounds", step => sounds[step], 0.05, value => value);
    }

    [Fact]
    public void Network_LongSpeechInChunks_EqualsOneRunOverTheWhole()
    {
        var random = new Random(1);
        var frames = Enumerable.Range(0, 2500).Select(_ => Enumerable.Range(0, MelAnalyzer.Bands).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray()).ToArray();
        using var session = ModelCatalog.BesideProgram.OpenOnnx(ModelCatalog.SpeechToMouth);
        using var input = OrtValue.CreateTensorValueFromMemory(frames.SelectMany(frame => frame).ToArray(), [1, frames.Length, MelAnalyzer.Bands]);
        using var options = new RunOptions();
        using var whole = session.Run(options, ["features"], [input], ["tracks"]);
        var expected = whole[0].GetTensorDataAsSpan<float>().ToArray();

        var (tracks, _) = Run(frames);

        Assert.Equal(1250, tracks.Count);
        Assert.All(expected.Zip(tracks.SelectMany(step => step)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private static (List<float[]> Tracks, List<float[]> Sounds) Run(IEnumerable<float[]> frames)
    {
        var (tracks, sounds) = (new List<float[]>(), new List<float[]>());
        using var session = ModelCatalog.BesideProgram.OpenOnnx(ModelCatalog.SpeechToMouth);
        var network = new MouthNetwork(session, (step, sound) =>
        {
            tracks.Add(step.ToArray());
            sounds.Add(sound.ToArray());
        });
        foreach (var frame in frames)
        {
            network.Hear(frame);
        }

        network.Finish();
        return (tracks, sounds);
    }

    private static List<float[]> Features(float[] samples)
    {
        var features = new List<float[]>();
        var levels = new SpeechLevels(frame => features.Add(frame.ToArray()));
        foreach (var energies in WholeSpeech.Spectrum(samples))
        {
            levels.Hear(energies);
        }

        levels.Finish();
        return features;
    }

    /// <summary>Two seconds of a sweep that swells and falls; export.py makes the same.</summary>
    private static float[] KnownSound() => [.. Enumerable.Range(0, 2 * AudioTrack.SampleRate).Select(i =>
    {
        var time = (double)i / AudioTrack.SampleRate;
        var swell = Math.Sin(Math.Tau * 1.5 * time);
        return (float)(0.2 * Math.Sin(Math.Tau * ((150 * time) + (400 * time * time))) * swell * swell);
    })];

    private static void AssertEqual(string moments, string values, Func<int, float[]> heard, double tolerance, Func<float, float> scale)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Speech", "mouths.json")));
        foreach (var moment in file.RootElement.GetProperty(moments).EnumerateObject())
        {
            float[] expected = [.. moment.Value.GetProperty(values).EnumerateArray().Select(value => scale(value.GetSingle()))];
            Assert.All(expected.Zip(heard(int.Parse(moment.Name, CultureInfo.InvariantCulture))), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }
}

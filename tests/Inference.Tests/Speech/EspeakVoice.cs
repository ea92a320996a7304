using System.ComponentModel;
using System.Diagnostics;

namespace LipSync.Speech;

/// <summary>Speech of known words from the espeak-ng program; skips the test where it is not installed.</summary>
internal static class EspeakVoice
{
    public static async Task<float[]> Speak(string text, string path)
    {
        try
        {
            using var espeak = Process.Start("espeak-ng", ["-v", "en", "-s", "140", "-w", path, text]);
            await espeak.WaitForExitAsync();
            Assert.Equal(0, espeak.ExitCode);
        }
        catch (Win32Exception)
        {
            Skip.If(true, "espeak-ng is not installed.");
        }

        return await WholeSpeech.Read(path);
    }
}

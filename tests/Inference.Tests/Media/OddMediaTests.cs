using System.Diagnostics;
using LipSync.Media.Normalizing;

namespace LipSync.Media;

/// <summary>Odd, broken and hostile files: each is processed or refused with its code, within its time, and leaves nothing behind.</summary>
public sealed class OddMediaTests : IDisposable
{
    private const string Fine = "";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What becomes of each file as a video, and as a speech.</summary>
    [SkippableTheory]
    [InlineData("hostile/atom_size_zero_loop.mp4", "invalid_media", "invalid_media")]
    [InlineData("hostile/ffconcat_local.mp4", "unsupported_container", "unsupported_container")]
    [InlineData("hostile/forty_audio_streams.mp4", Fine, Fine)]
    [InlineData("hostile/header_says_49_days.mp4", Fine, Fine)]
    [InlineData("hostile/hls_concat_exfil.mp4", "unsupported_container", "unsupported_container")]
    [InlineData("hostile/hls_localfile.mp4", "unsupported_container", "unsupported_container")]
    [InlineData("hostile/html_as.mp4", "invalid_media", "invalid_media")]
    [InlineData("hostile/huge_8192_4f_mjpeg.mov", "resolution_too_large", "no_audio_stream")]
    [InlineData("hostile/nested_moov_20000.mp4", "invalid_media", "invalid_media")]
    [InlineData("hostile/one_hour_silence.opus", "no_video_stream", Fine)]
    [InlineData("hostile/resolution_change.ts", Fine, "no_audio_stream")]
    [InlineData("hostile/strip_8192x16.mp4", "resolution_too_small", "no_audio_stream")]
    [InlineData("hostile/stsz_count_lie.mp4", "invalid_media", "invalid_media")]
    [InlineData("hostile/text_as.mp4", "invalid_media", "invalid_media")]
    [InlineData("hostile/truncated_faststart.mp4", Fine, Fine)]
    [InlineData("hostile/two_frames_100h.mp4", Fine, "no_audio_stream")]
    [InlineData("hostile/zero_bytes.mp4", "invalid_media", "invalid_media")]
    [InlineData("real/000_sample.mp4", Fine, Fine)]
    [InlineData("real/001_sample_portrait.mp4", Fine, Fine)]
    [InlineData("real/002_sample_rotate_and_reflect.mp4", Fine, Fine)]
    [InlineData("real/003_sample_video_only.mp4", Fine, "no_audio_stream")]
    [InlineData("real/004_sample_audio_only.mp4", "no_video_stream", Fine)]
    [InlineData("real/006_sample_fragmented.mp4", Fine, Fine)]
    [InlineData("real/008_sample_mdat_too_long.mp4", Fine, Fine)]
    [InlineData("real/010_sample_missing_stsd.mp4", Fine, "unsupported_codec")]
    [InlineData("real/011_sample_with_invalid_nalu.mp4", Fine, "no_audio_stream")]
    [InlineData("real/012_large_stbl_truncated_after_moov.m4b", "no_video_stream", "truncated_media")]
    [InlineData("real/015_edit_list_positive_shift.mp4", Fine, Fine)]
    [InlineData("real/017_8k24fps_300ms.mp4", "resolution_too_large", Fine)]
    [InlineData("real/018_hdr10-av1.mp4", Fine, Fine)]
    [InlineData("real/019_hlg10-color-test.mp4", Fine, Fine)]
    [InlineData("real/021_sample_vvc.mp4", "unsupported_codec", "no_audio_stream")]
    [InlineData("real/022_sample_android_slow_motion.mp4", Fine, "no_audio_stream")]
    [InlineData("real/023_sample_ac4.mp4", "no_video_stream", "unsupported_codec")]
    [InlineData("real/029_sample_fragmented_clearkey.mp4", "encrypted_media", "encrypted_media")]
    [InlineData("real/031_sample-with-large-length.avi", Fine, Fine)]
    [InlineData("real/034_bbb_642x642_768kbps_30fps_vp9.webm", Fine, "no_audio_stream")]
    [InlineData("real/038_200kB-garbage-prefix.mp3", "invalid_media", "invalid_media")]
    [InlineData("real/040_1024_incrementing_bytes.mp3", "invalid_media", "invalid_media")]
    [InlineData("real/043_bear_no_seek_table_no_num_samples.flac", "no_video_stream", Fine)]
    [InlineData("real/045_bbb_6ch_8kHz_opus.ogg", "no_video_stream", Fine)]
    [InlineData("real/048_sample_rf64.wav", "no_video_stream", Fine)]
    [InlineData("real/051_sample_80KHz_mono_20_repeating_1_samples.wav", "no_video_stream", "audio_too_short")]
    [InlineData("real/056_media_playlist", "unsupported_container", "unsupported_container")]
    [InlineData("real/057_no_timescale.mp4", Fine, "no_audio_stream")]
    [InlineData("real/058_chunk_out_of_range.mp4", "invalid_media", "invalid_media")]
    [InlineData("real/060_zero_empty_stsc.mp4", "truncated_media", "truncated_media")]
    [InlineData("real/064_nasa_13013.mp4", Fine, Fine)]
    [InlineData("real/065_nasa_13013_rotated.mp4", Fine, "no_audio_stream")]
    [InlineData("real/068_h264_10bits.mp4", Fine, "no_audio_stream")]
    [InlineData("real/069_testsrc2_odd_height_and_width_444.mp4", Fine, "no_audio_stream")]
    [InlineData("real/072_test_non_zero_start.mp4", Fine, "no_audio_stream")]
    [InlineData("real/075_corrupted.mp4", Fine, "no_audio_stream")]
    [InlineData("real/076_unordered.mov", "resolution_too_small", "no_audio_stream")]
    [InlineData("real/080_video_270.mov", Fine, "no_audio_stream")]
    [InlineData("real/081_fixture-corrupt.mkv", "invalid_media", "invalid_media")]
    [InlineData("real/083_fixture-dash.mp4", "invalid_media", "invalid_media")]
    [InlineData("real/087_video_with_failing_audio.mp4", Fine, Fine)]
    [InlineData("real/088_no_duration.webm", Fine, Fine)]
    [InlineData("real/089_with-attached-pic.mp3", "no_video_stream", Fine)]
    [InlineData("real/092_dash-name.mp4", "resolution_too_small", "no_audio_stream")]
    [InlineData("real/094_ooming-header.flac", "invalid_media", "invalid_media")]
    [InlineData("real/095_truncated-64bit.mp4", "truncated_media", "truncated_media")]
    [InlineData("real/100_WrongFile.mp4", "invalid_media", "invalid_media")]
    [InlineData("real/101_portrait.MOV", Fine, Fine)]
    public async Task Normalize_OddFile_IsProcessedOrRefusedWithItsCode(string file, string asVideo, string asSpeech)
    {
        var source = TestMedia.Find($"badmedia/{file}");
        var (video, speech) = (folder.File("video.mp4"), folder.File("speech.flac"));

        Assert.Equal(asVideo, await Verdict(() => VideoNormalizer.Normalize(
            source, isImage: false, new VideoFormat(480, 25), 10, video, viewer: null, progress: null, CancellationToken.None)));
        Assert.Equal(asSpeech, await Verdict(() => SpeechNormalizer.Normalize(source, 10, speech, CancellationToken.None)));

        string[] expected = [.. asSpeech == Fine ? [speech] : Array.Empty<string>(), .. asVideo == Fine ? [video] : Array.Empty<string>()];
        Assert.Equal(expected, Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [SkippableTheory]
    [InlineData("hostile/html_as.mp4", "The video is a web page.")]
    [InlineData("hostile/hls_localfile.mp4", "The video is a playlist.")]
    [InlineData("hostile/text_as.mp4", "The video is a text file.")]
    [InlineData("hostile/zero_bytes.mp4", "The video is an empty file.")]
    public async Task Normalize_NoMedia_SaysWhatItIs(string file, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<MediaRefusedException>(() => VideoNormalizer.Normalize(
            TestMedia.Find($"badmedia/{file}"), isImage: false, new VideoFormat(480, 25), 10, folder.File("video.mp4"), viewer: null, progress: null, CancellationToken.None));
        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The refusal's code; <see cref="Fine"/> where the file was processed.</summary>
    private static async Task<string> Verdict(Func<Task> normalize)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await normalize();
            return Fine;
        }
        catch (MediaRefusedException refusal)
        {
            Assert.Matches("^(The video|The speech) .+\\.$", refusal.Message);
            return refusal.Code;
        }
        finally
        {
            Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LipSync.Rendering.Life;

/// <summary>How a portrait holds its head, eyes and brows in one frame; all 0 as the picture shows it.</summary>
/// <param name="Yaw">Radians the head is turned.</param>
/// <param name="Pitch">Radians it is nodded.</param>
/// <param name="Roll">Radians it is tilted.</param>
/// <param name="X">Eye distances it is moved to the picture's right.</param>
/// <param name="Y">Eye distances it is moved down.</param>
/// <param name="Breath">-1 … 1: the shoulders sunk or raised.</param>
/// <param name="Blink">0 … 1: how far the lids are closed.</param>
/// <param name="Brows">0 … 1: how far the brows are raised.</param>
/// <param name="Gaze">Eye distances the eyeballs have turned to the picture's right.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct LifePose(float Yaw, float Pitch, float Roll, float X, float Y, float Breath, float Blink, float Brows, float Gaze)
{
    /// <summary>Bytes of a pose in the plan's file: its fields in order, 32 bits each.</summary>
    public static int Size => Unsafe.SizeOf<LifePose>();
}

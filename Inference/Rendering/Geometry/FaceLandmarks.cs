namespace LipSync.Rendering.Geometry;

/// <summary>Point numbers of the 468-point face mesh, by the part of the face they lie on. Lip rows run from the picture's left corner to the right one.</summary>
internal static class FaceLandmarks
{
    public const int LeftEye = 33;
    public const int RightEye = 263;
    public const int Forehead = 10;
    public const int Chin = 152;
    public const int NoseBase = 2;
    public const int LeftEar = 234;
    public const int RightEar = 454;
    public const int LeftCorner = 61;
    public const int RightCorner = 291;

    /// <summary>Points that speech hardly moves: they carry the head's pose.</summary>
    public static ReadOnlySpan<int> Stable =>
    [
        33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 1, 98, 327, 2, 97, 326, 9, 8, 107, 336, 127, 356, 143, 372, 111, 340, 50, 280, 129, 358,
    ];

    public static ReadOnlySpan<int> InnerUpper => [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];

    public static ReadOnlySpan<int> InnerLower => [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308];

    public static ReadOnlySpan<int> OuterUpper => [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291];

    public static ReadOnlySpan<int> OuterLower => [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291];

    public static ReadOnlySpan<int> LeftEyeUpper => [33, 246, 161, 160, 159, 158, 157, 173, 133];

    public static ReadOnlySpan<int> LeftEyeLower => [33, 7, 163, 144, 145, 153, 154, 155, 133];

    public static ReadOnlySpan<int> RightEyeUpper => [362, 398, 384, 385, 386, 387, 388, 466, 263];

    public static ReadOnlySpan<int> RightEyeLower => [362, 382, 381, 380, 374, 373, 390, 249, 263];

    /// <summary>The closed line around the space between the lips.</summary>
    public static int[] InnerOutline { get; } = Outline(InnerUpper, InnerLower);

    /// <summary>The closed line around the lips.</summary>
    public static int[] OuterOutline { get; } = Outline(OuterUpper, OuterLower);

    public static ReadOnlySpan<int> LeftBrowLower => [46, 53, 52, 65, 55];

    public static ReadOnlySpan<int> RightBrowLower => [285, 295, 282, 283, 276];

    public static ReadOnlySpan<int> Brows => [70, 63, 105, 66, 107, 46, 53, 52, 65, 55, 300, 293, 334, 296, 336, 276, 283, 282, 295, 285];

    /// <summary>The lower face oval from ear to ear over the chin.</summary>
    public static ReadOnlySpan<int> LowerOval =>
    [
        93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323,
    ];

    /// <summary>The closed line around the whole face.</summary>
    public static ReadOnlySpan<int> Oval =>
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];

    private static int[] Outline(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower)
    {
        int[] back = [.. lower[1..^1]];
        Array.Reverse(back);
        return [.. upper, .. back];
    }
}

using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Occlusion.Looks;

/// <summary>One frame's lower face as it is seen.</summary>
/// <param name="Values">Of its cells.</param>
internal sealed record SeenFace(SourceFace Face, float[] Values, FaceZones Zones);

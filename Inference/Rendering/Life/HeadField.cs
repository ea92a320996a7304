using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Life;

/// <summary>
/// How every place of a portrait follows a movement: the head wholly and in depth, as a turned solid; what is about it less and less;
/// the picture's borders not at all, so that nothing is uncovered. Kept on a coarse grid, for it is smooth.
/// </summary>
internal sealed class HeadField
{
    /// <summary>Cells of the grid in one eye distance.</summary>
    private const float CellsPerEyeDistance = 12;

    /// <summary>The head with its hair as an ellipse, in eye distances about the eyes' middle; where the movement has died out, in its radii.</summary>
    private const float HeadCentre = 0.2f;
    private const float HeadWidth = 0.95f;
    private const float HeadHeight = 1.2f;
    private const float Fades = 2.2f;

    /// <summary>What turns turns about the neck.</summary>
    private static readonly Vector3 Pivot = new(0, 1.4f, 0.55f);

    /// <summary>How far behind the eyes' plane the head's outline lies, and how far a mesh point tells the depth about it.</summary>
    private const float OutlineDepth = 0.5f;
    private const float DepthReach = 0.12f;
    private const float DepthTrust = 0.05f;

    private const float BrowReach = 0.075f;
    private const float BrowLift = 0.034f;
    private const float ShoulderLift = 0.012f;

    /// <summary>How far to the side the shoulders reach, in eye distances, and where what is beside them stands still.</summary>
    private const float ShoulderWidth = 1.8f;
    private const float BesideShoulders = 3;

    /// <summary>How far a mouth's movement reaches beyond the face's lower outline, in eye distances.</summary>
    private const float AboutMouth = 0.5f;

    /// <summary>Distance from the border, in eye distances, at which the movement is whole.</summary>
    private const float Border = 0.6f;

    private readonly HeadPose pose;
    private readonly int cell;
    private readonly int columns;
    private readonly Node[] nodes;
    private readonly Vector2[] moves;

    /// <param name="canonical">The portrait's canonical mesh.</param>
    public HeadField(ReadOnlySpan<Vector3> canonical, HeadPose pose, int width, int height)
    {
        this.pose = pose;
        cell = Math.Max(4, (int)(pose.Scale / CellsPerEyeDistance));
        columns = (width - 1) / cell + 2;
        var rows = (height - 1) / cell + 2;
        nodes = new Node[columns * rows];
        moves = new Vector2[nodes.Length];
        var toFace = new PictureToFace(pose, Vector2.Zero, new Vector2(pose.Origin.X, pose.Origin.Y));
        var bounds = new RegionBounds();
        for (var i = 0; i < nodes.Length; i++)
        {
            var place = new Vector2(i % columns, i / columns) * cell;

            // The last nodes within the picture stand still too: the border lies between them and the first beyond.
            var inset = MathF.Min(MathF.Min(place.X, width - 1 - cell - place.X), MathF.Min(place.Y, height - 1 - cell - place.Y));
            nodes[i] = NodeAt(canonical, toFace.At(place), Hermite.SmoothStep(0, Border * pose.Scale, inset));
            if (nodes[i].Moves)
            {
                bounds.Include(place - new Vector2(cell));
                bounds.Include(place + new Vector2(cell));
            }
        }

        // What a moving mouth takes with it belongs to the area even where the head stands still.
        foreach (var point in FaceLandmarks.LowerOval)
        {
            var place = pose.ToPicture(canonical[point]).AsVector2();
            bounds.Include(place - new Vector2(AboutMouth * pose.Scale));
            bounds.Include(place + new Vector2(AboutMouth * pose.Scale));
        }

        Area = bounds.Within(width, height);
    }

    /// <summary>Pixels outside never move, nor does a mouth move them.</summary>
    public Rect Area { get; }

    /// <summary>Sets the movement that the other members speak of.</summary>
    public void Move(LifePose life)
    {
        var turn = Matrix4x4.CreateRotationX(-life.Pitch) * Matrix4x4.CreateRotationY(life.Yaw) * Matrix4x4.CreateRotationZ(life.Roll);
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            var arm = node.Place - Pivot;
            var turned = Vector3.TransformNormal(arm, turn) - arm;
            var move = node.Head * (new Vector2(turned.X, turned.Y) + new Vector2(life.X, life.Y));
            move.Y -= node.Brow * BrowLift * life.Brows + node.Shoulder * ShoulderLift * life.Breath;
            moves[i] = pose.Displacement(move);
        }
    }

    /// <summary>Fills, for one row of the area's pixels, where each comes from.</summary>
    /// <param name="y">The row in the picture.</param>
    public void Row(int y, Span<float> xs, Span<float> ys)
    {
        var (row, down) = (y / cell * columns, y % cell / (float)cell);
        for (var x = Area.Left; x < Area.Right;)
        {
            var left = row + x / cell;
            var (from, to) = (Vector2.Lerp(moves[left], moves[left + columns], down), Vector2.Lerp(moves[left + 1], moves[left + columns + 1], down));
            for (var i = x % cell; i < cell && x < Area.Right; i++, x++)
            {
                var move = Vector2.Lerp(from, to, i / (float)cell);
                (xs[x - Area.Left], ys[x - Area.Left]) = (x - move.X, y - move.Y);
            }
        }
    }

    /// <summary>The largest movement in pixels, rounded up.</summary>
    public int Furthest() => (int)MathF.Ceiling(MathF.Sqrt(moves.Max(move => move.LengthSquared())));

    private static Node NodeAt(ReadOnlySpan<Vector3> canonical, Vector2 place, float inset)
    {
        var (depth, weights) = (DepthTrust * OutlineDepth, DepthTrust);
        foreach (var point in canonical)
        {
            var weight = MathF.Exp(-Vector2.DistanceSquared(place, point.AsVector2()) / (2 * DepthReach * DepthReach));
            (depth, weights) = (depth + weight * point.Z, weights + weight);
        }

        var brow = 0f;
        foreach (var point in FaceLandmarks.Brows)
        {
            brow = MathF.Max(brow, MathF.Exp(-Vector2.DistanceSquared(place, canonical[point].AsVector2()) / (2 * BrowReach * BrowReach)));
        }

        var radius = new Vector2(place.X / HeadWidth, (place.Y - HeadCentre) / HeadHeight).Length();
        return new Node(
            new Vector3(place, depth / weights),
            inset * (1 - Hermite.SmoothStep(1, Fades, radius)),
            inset * brow,
            inset * Hermite.SmoothStep(1.1f, 2.2f, place.Y) * (1 - Hermite.SmoothStep(ShoulderWidth, BesideShoulders, MathF.Abs(place.X))));
    }

    /// <param name="Place">Canonical.</param>
    /// <param name="Head">How far it follows the head, 0 … 1.</param>
    private readonly record struct Node(Vector3 Place, float Head, float Brow, float Shoulder)
    {
        public bool Moves => Head > 0 || Brow > 1e-3f || Shoulder > 0;
    }
}

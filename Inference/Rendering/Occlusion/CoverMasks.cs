namespace LipSync.Rendering.Occlusion;

/// <summary>What lies before the speaker's mouth: for each source frame in which something does, the covered cells of his <see cref="LowerFace"/>.</summary>
internal sealed class CoverMasks
{
    private const int MaskBytes = LowerFace.Cells / 8;

    private readonly SortedList<int, byte[]> masks = [];

    public static CoverMasks None => new();

    public int Count => masks.Count;

    public void Add(int sourceFrame, ReadOnlySpan<bool> covered)
    {
        var bits = new byte[MaskBytes];
        for (var cell = 0; cell < covered.Length; cell++)
        {
            bits[cell / 8] |= (byte)(covered[cell] ? 1 << (cell % 8) : 0);
        }

        masks.Add(sourceFrame, bits);
    }

    /// <summary>Fills 1 for each covered cell of a frame and 0 for the others; false where nothing is before the mouth.</summary>
    public bool TryRead(int sourceFrame, Span<float> covered)
    {
        if (!masks.TryGetValue(sourceFrame, out var bits))
        {
            return false;
        }

        for (var cell = 0; cell < covered.Length; cell++)
        {
            covered[cell] = (bits[cell / 8] >> (cell % 8)) & 1;
        }

        return true;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(masks.Count);
        foreach (var (frame, bits) in masks)
        {
            writer.Write(frame);
            writer.Write(bits);
        }
    }

    public static CoverMasks Read(BinaryReader reader)
    {
        var read = new CoverMasks();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            read.masks.Add(reader.ReadInt32(), reader.ReadBytes(MaskBytes));
        }

        return read;
    }
}

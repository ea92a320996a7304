namespace LipSync.Models;

/// <summary>A model the engine runs.</summary>
/// <param name="Name">File name inside its package.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hex. Other bytes are refused.</param>
/// <param name="Licence">SPDX identifier.</param>
public sealed record ModelFile(string Name, string Sha256, string Licence);

namespace LipSync.Jobs;

/// <summary>The stages of a job's work, in order.</summary>
public enum Stage { Ingest, Analyze, Render, Assemble }
